import { expect } from 'chai';
import fc from 'fast-check';
import { Trigrams } from '../../src/redact/trigrams.ts';
import { mayHoldToken, mayNameSecret, suspicious } from '../../src/redact/suspicion.ts';

const secretWords =
  'pass PWD Secret token KEY auth cred cookie Bearer otp jwt sig _pw .pw -pw kennwort contrase senha wachtwoord mnemonic sessid sessionid code mysql mariadb docker podman redis-cli ldap sqlcmd mongo curl wget identified'.split(
    ' ',
  );
const secretLooks =
  'AKIA ASIA ghp_ gho_ ghu_ ghs_ ghr_ github_pat glpat xoxb- xapp- _live_ _test_ whsec_ sk-a AIza SG.x npm_ hf_ ya29. eyJ -----BEGIN :// thin: hooks. pat_ pat- tt_ ptt- tok_ token- key_ xkeysib- api_ api- sk_ secret_ a_v1_ pypi- rubygems_ hvs. hvb. dapi GOCSPX- sntry figd_ PMAK- ATATT3x ATCTT3x NRAK- sq0 AGE-SECRET /bot1 /webhook ?key= &code= ?auth= ?client_assertion='.split(
    ' ',
  );

describe('the quick look for secrets', () => {
  it('never misses what the exact one finds, in any surroundings (property)', () => {
    const part = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...secretWords, ...secretLooks),
      fc.stringMatching(/^[A-Za-z0-9+/]{60,80}$/),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
        const text = parts.join('');
        if (mayNameSecret(text) || mayHoldToken(text)) expect(suspicious(text)).to.equal(true);
      }),
      { numRuns: 3000 },
    );
  });

  for (const sight of [...secretWords, ...secretLooks])
    it(`knows ${sight}`, () => expect(suspicious(`x ${sight} and twenty more`)).to.equal(true));

  for (const plain of [
    'Received block blk_38865049064139660 of size 67108864 from 10.251.42.84',
    'job 17 done in 3 s, 12 rows written',
    'Größe 3 Ωμέγα',
  ]) {
    it(`lets go of ${plain}`, () => expect(suspicious(plain)).to.equal(false));
  }

  it('takes letters of both cases for one, and no character beyond ASCII for a letter', () => {
    const words = new Trigrams(['key']);
    expect(['Key', 'the KEYS', 'a keyhole'].map((text) => words.mayBeIn(text))).to.deep.equal([true, true, true]);
    expect(['ke', 'k-e-y', 'ĸey', 'ｋｅｙ'].map((text) => words.mayBeIn(text))).to.deep.equal([false, false, false, false]);
  });
});
