import { expect } from 'chai';
import fc from 'fast-check';
import { maskCommands } from '../../src/redact/maskCommands.ts';
import { maskFields } from '../../src/redact/maskFields.ts';
import { maskProse } from '../../src/redact/maskProse.ts';
import { maskTokens } from '../../src/redact/maskTokens.ts';
import { suspect } from '../../src/redact/suspicion.ts';

const list = (text: string) => text.split(' ');
const names = [
  ...list('password passwd passphrase passcode passwort kennwort contraseña contrasena motdepasse mot_de_passe senha wachtwoord mnemonic'),
  ...list('passwordhash password_hash pwd _pw .pw -pw pass secret token api-key apikey api_key api.key accesskey licence_key session-key'),
  ...list('webhook_key authorization credential credentials cookie jsessionid phpsessid sessionid otp jwt signature sig bypass smtpPass'),
  ...list('-storepass --token -p --api-key --x-y-secret key code auth client_assertion'),
  ...['secret key', 'subscription key'],
];
const joins = [
  ...list(`= : => -> > " ' \\" ? & / - _ . @ ://  -p  -P  -w  -a value=" =' `),
  ...[
    '": "',
    '\\":\\"',
    ' ',
    '  ',
    '\t',
    '\n',
    ' = ',
    ' => ',
    ' value = ',
    ' is ',
    ' for bob is ',
    ' was reset to ',
    ' generated for a@b: ',
  ],
  ...[
    ' of user bob set to ',
    ' "',
    ' `',
    ' -p ',
    ' -u a:',
    ' --user x:',
    ' identified by "',
    'login x ',
    'user bob ',
    'machine h login me ',
  ],
];
const programs = [
  ...list(
    'mysql mysqldump mariadb mariadb-dump sshpass redis-cli ldapsearch ldapmodify sqlcmd bcp isql mongo mongodump curl wget http openssl',
  ),
  ...['docker login', 'podman login', 'oras login', 'crane login', 'helm registry login'],
];
const values = [
  ...list('hunter2 a1b2c3d4e5f6g7h8 q7Zt2LmX9vBc4KpW8sNd3RfY6hGj1TaE5uQo0iCx 123456 expired null [redacted:secret] pass:x9'),
  ...['Bearer q7Zt2LmX9vBc4KpW', 'verification code is 123456', 'login pin: 4321', 'sms code: 99887'],
];
/** How issued tokens begin. Written apart from what is drawn, so that no scanner of repositories takes them for real. */
const issued = [
  ...list('AKIA ASIA ghp_ gho_ github_pat_ glpat- xoxb- xapp- sk_live_ rk_test_ whsec_ sk- sk-ant- sk-proj- pat_ pat- tt_ ptt- tok_ tok-'),
  ...list('token_ token- key_ key- xkeysib- api_ api- sk_ secret_ secret- ab_v1_ abc_v2_ pypi- rubygems_ hvs. hvb. dapi GOCSPX- sntrys_'),
  ...list('figd_ PMAK- ATATT3x ATCTT3x NRAK- sq0atp- sq0csp- AGE-SECRET-KEY-1 dckr_pat_ dckr_oat_ AIza SG. npm_ hf_ ya29. eyJ ://'),
  ...list('http:// thin: hooks.slack.com/services/ /bot123456789: /webhook/ /webhooks/12/ ?key= &code= ?auth= &client_assertion= bearer:'),
  ...['Bearer ', ['-----BEGIN', 'PRIVATE KEY-----'].join(' ')],
];
const drawnFrom = (alphabet: string) => fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 70 });
const part = fc.oneof(
  fc.constantFrom(...names, ...names.map((name) => name.toUpperCase())),
  fc.constantFrom(...joins),
  fc.constantFrom(...programs),
  fc.constantFrom(...values),
  fc.constantFrom(...issued),
  drawnFrom('abcdefXYZ0123456789'),
  drawnFrom('ABCDEFGHJKLMNP234567'),
  drawnFrom('0123456789abcdef'),
  drawnFrom('aZ9_-+/=.:@'),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.stringMatching(/^[A-Za-z0-9+/]{60,80}$/),
);
const texts = fc.array(part, { maxLength: 9 }).map((parts) => parts.join(''));
const uncounted = () => {};

describe('the quick look for secrets', () => {
  it('never says no to a text in which a mask finds something (property)', () => {
    let held = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const suspicion = suspect(text);
        if (suspicion?.named !== true)
          for (const mask of [maskFields, maskCommands, maskProse]) expect(mask(text, uncounted)).to.equal(text);
        if (suspicion?.token !== true) expect(maskTokens(text, uncounted)).to.equal(text);
        if (maskTokens(maskFields(text, uncounted), uncounted) !== text) held += 1;
      }),
      { numRuns: 5000 },
    );
    expect(held, 'texts that hold a secret').to.be.above(200);
  });

  for (const text of [
    'Received block blk_38865049064139660 of size 67108864 from 10.251.42.84',
    'job 17 done in 3 s, 12 rows written',
    'Größe 3 Ωμέγα',
    'cache miss for key session:8f2c11d0',
    'user u17 signed in from 172.16.3.4',
    'token expired for user 17',
    'GET https://example.org/a?page=2 200',
    'password authentication failed',
    'connection to mysql.internal:3306 closed',
    'author key=value',
  ])
    it(`lets go of ${text}`, () => expect(suspect(text)).to.equal(null));

  for (const [text, named, token] of [
    ['password=x', true, false],
    ['--token x', true, false],
    ['the login pin is 1234', true, false],
    ['oras login -u a -p b', true, false],
    ['redis://:x@cache', false, true],
  ] as const)
    it(`suspects ${text}`, () => expect(suspect(text)).to.deep.equal({ named, token }));
});
