import { Trigrams } from './trigrams.ts';

/** How everything begins that the two expressions below look for. */
const looks = new Trigrams(
  [
    'pas pwd sec tok key aut cre coo bea otp jwt sig _pw -pw .pw nnw ses _as ntr enh oor mne hps jse cod',
    'ide mys mar doc pod -cl lda lcm ngo cur wge',
    'at_ at- tt_ tt- _sk sk_ pi_ pi- _v1 ptt hvs hvb dap GOC ntr fig PMA ATT CTT NRA sq0 pyp rub /we /bo',
    'AKI ASI ghp gho ghu ghs ghr git glp xox xap _li _te whs sk- AIz SG. npm hf_ ya2 eyJ --- :// thi hoo',
  ].flatMap((line) => line.split(' ')),
);

/**
 * Words that stand near secrets. Case is ignored, which is cheap here: every word has three letters or more, so that the
 * search can leap.
 */
const words =
  /pass|pwd|secret|token|key|auth|cred|cookie|bearer|otp|jwt|sig|[_.-]pw|kennwort|contrase|senha|wachtwoord|mnemonic|sess(?:ion)?id|code|mysql|mariadb|docker|podman|redis-cli|ldap|sqlcmd|mongo|curl|wget|identified/i;

/** How issued tokens begin, and what stands in front of a password in an address. */
const beginnings =
  /AKIA|ASIA|(?:pat|p?tt|tok|token|key|xkeysib|api|sk|secret)[_-]|[a-z]_v\d_|pypi-|rubygems_|hv[sb]\.|dapi|GOCSPX-|sntry|figd_|PMAK-|AT[AC]TT3x|NRAK-|sq0|AGE-SECRET|\/bot\d|\/webhook|[?&](?:key|code|auth|client_assertion)=|gh[pousr]_|github_pat|glpat|xox[a-z]-|xapp-|_live_|_test_|whsec_|sk-[A-Za-z0-9_]|AIza|SG\.[A-Za-z0-9_]|npm_|hf_|ya29\.|eyJ|-----BEGIN|:\/\/|thin:|hooks\./;

/** A line of Base64 and nothing else: what is between the first and the last line of a key that was logged line by line. */
const keyMaterial = /^[A-Za-z0-9+/]{60,80}={0,2}$/;

/** The shortest token there is a rule for (`xapp-` and ten characters); only a password in an address may be shorter. */
const shortest = 15;

/** Whether a text may name a secret. It never says no to a text in which `maskFields` finds something. */
export const mayNameSecret = (text: string): boolean => words.test(text);

/**
 * Whether a text may hold what is known by its own looks. It never says no to a text in which `maskTokens` finds something
 * but for what stands behind `Bearer`, of which `mayNameSecret` knows.
 */
export function mayHoldToken(text: string): boolean {
  if (text.length < shortest && !text.includes('@')) return false;
  return beginnings.test(text) || mayBeKeyMaterial(text);
}

const mayBeKeyMaterial = (text: string): boolean => text.length >= 60 && text.length <= 82 && keyMaterial.test(text);

/** Whether a text may hold a secret. Most lines hold none, and this look is all that they cost. */
export const suspicious = (text: string): boolean => looks.mayBeIn(text) || mayBeKeyMaterial(text);
