import { Trigrams, type Look } from './trigrams.ts';

/** What a text may hold; bits. */
const NAMED = 1;
const TOKEN = 2;

const look = (finds: number, beginnings: string, source: string, flags = ''): Look => ({
  finds,
  beginnings: beginnings.split(' '),
  expression: new RegExp(source, `y${flags}`),
});

/** What stands between a secret's name and its value, see `maskFields`; a blank alone does only behind a flag. */
const sign = String.raw`\\{0,8}["']?(?:\s{0,4}(?:=>|->|[:=>])|\s{1,4}value\s{0,2}=|\s{1,4}(?=[^\s=:-])(?<=-[\wñ.\\"'\s-]{0,96}))`;
/** What a sentence goes on with that tells the secret: who has it, a verb, or itself in quotes, see `maskProse`. */
const telling = String.raw` (?:["'${'`'}]|(?:for|of|is|was|has|set|changed|reset|generated) )`;
/** A name and its password one behind the other. */
const paired = String.raw`\s(?<=(?:login|user|username|machine)\s{1,4}\S{1,64}\s{1,4}(?:password|secret)\s)`;
/** What is drawn behind the word that says what an issued token is, see `maskTokens`. */
const drawn = String.raw`[_-](?:[a-z]{1,8}\d{0,2}-)?[A-Za-z0-9]{20}`;
/** The value of a parameter of an address. */
const parameter = '=[A-Za-z0-9._~%/+-]{20}';

const keys =
  '(?<=(?:api|access|secret|private|account|signing|encryption|master|auth|licen[sc]e|subscription|consumer|shared|storage|hmac|session|service|deploy|webhook|client|integration)[_ .-]?)key';

/** A secret's name in front of its value, in a record, a sentence, or on a command line. */
const named: readonly Look[] = [
  look(NAMED, 'pas', `pass(?:word(?:_?hash)?|wd|phrase|code|wort|e)?${sign}|pass(?:word|wd|phrase|code)${telling}|password${paired}`, 'i'),
  look(NAMED, 'sec', `secret(?:${sign}|${telling}|${paired})`, 'i'),
  look(NAMED, 'tok', `token(?:${sign}|${telling})`, 'i'),
  look(NAMED, 'key', `${keys}(?:${sign}|${telling})`, 'i'),
  look(NAMED, 'nnw', `nnwort${sign}`, 'i'),
  look(NAMED, 'ntr', `ntrase[nñ]a${sign}`, 'i'),
  look(NAMED, 'enh', `enha${sign}`, 'i'),
  look(NAMED, 'oor', `oord${sign}`, 'i'),
  look(NAMED, 'mne', `mnemonic${sign}`, 'i'),
  look(NAMED, 'pwd', `pwd${sign}`, 'i'),
  look(NAMED, '_pw -pw .pw', `[_.-]pw${sign}`, 'i'),
  look(NAMED, 'aut', `authorization${sign}`, 'i'),
  look(NAMED, 'cre', `credentials?${sign}`, 'i'),
  look(NAMED, 'coo', `cookie${sign}`, 'i'),
  look(NAMED, 'ses', `sess(?:ion)?id${sign}`, 'i'),
  look(NAMED, 'otp', `otp${sign}`, 'i'),
  look(NAMED, 'jwt', `jwt${sign}`, 'i'),
  look(NAMED, 'sig', `sig(?:nature)?${sign}`, 'i'),
  look(NAMED, 'ide', `identified by ["']`, 'i'),
  look(NAMED, 'cod', String.raw`code(?: is|:) \d{4}`, 'i'),
  look(NAMED, 'pin', String.raw`pin(?: is|:) \d{4}`, 'i'),
  look(NAMED, 'mys', String.raw`mysql\w{0,32}[\s\w]`),
  look(NAMED, 'mar', String.raw`mariadb[\s-]`),
  look(NAMED, 'shp', String.raw`shpass\s`),
  look(NAMED, 'ogi', String.raw`(?<=(?:docker|podman|oras|crane|helm registry) l)ogin\s`),
  look(NAMED, '-cl', String.raw`-cli\s`),
  look(NAMED, 'lda', String.raw`ldap[a-z]{3,8}\s`),
  look(NAMED, 'lcm', String.raw`lcmd\s`),
  look(NAMED, 'bcp', String.raw`bcp\s`),
  look(NAMED, 'isq', String.raw`isql\s`),
  look(NAMED, 'ngo', String.raw`ngo[a-z]{0,7}\s`),
  look(NAMED, 'cur', String.raw`curl\s`),
  look(NAMED, 'wge', String.raw`wget\s`),
  look(NAMED, 'htt', String.raw`http\s`),
  look(NAMED, 'nss', String.raw`nssl\s`),
];

/** What is known by its own looks: how issued tokens begin, and a password in an address. */
const tokens: readonly Look[] = [
  look(TOKEN, '---', '-----BEGIN '),
  look(TOKEN, '://', String.raw`:\/\/[^\s/"'<>]{1,385}@`),
  look(TOKEN, 'thi', String.raw`thin:[^\s:@/"'<>]{1,64}\/`),
  look(TOKEN, 'AKI ASI', 'A(?:KIA|SIA)[A-Z2-7]{16}'),
  look(TOKEN, '/bo', String.raw`\/bot\d{6}`),
  look(TOKEN, '/we', String.raw`\/webhooks?\/(?:\d{1,24}\/)?[A-Za-z0-9_-]{30}`),
  look(TOKEN, 'key cod aut', `(?<=[?&])(?:key|code|auth)${parameter}`),
  look(TOKEN, '_as', `_assertion${parameter}`),
  look(TOKEN, 'hoo', String.raw`hooks\.slack\.com\/`),
  look(TOKEN, 'bea', 'bearer[ ,:]{1,64}(?:[ ,:]|[A-Za-z0-9._~+/=-]{8})', 'i'),
  look(TOKEN, 'eyJ', 'eyJ[A-Za-z0-9_-]{8}'),
  look(TOKEN, 'ghp gho ghu ghs ghr', 'gh[pousr]_[A-Za-z0-9]{20}'),
  look(TOKEN, 'git', 'github_pat_[A-Za-z0-9_]{22}'),
  look(TOKEN, 'glp', 'glpat-[A-Za-z0-9_-]{20}'),
  look(TOKEN, 'xox', 'xox[a-z]-[A-Za-z0-9-]{10}'),
  look(TOKEN, 'xap', 'xapp-[A-Za-z0-9-]{10}'),
  look(TOKEN, '_li _te', '_(?:live|test)_[A-Za-z0-9]{10}'),
  look(TOKEN, 'whs', 'whsec_[A-Za-z0-9+/=]{16}'),
  look(TOKEN, 'sk-', 'sk-[A-Za-z0-9_-]{20}'),
  look(TOKEN, 'at_ at- tt_ tt- pi_ pi- sk_ sk-', `(?:at|tt|pi|sk)${drawn}`),
  look(TOKEN, 'tok', `tok(?:en)?${drawn}`),
  look(TOKEN, 'key', `key(?:sib)?${drawn}`),
  look(TOKEN, 'sec', `secret${drawn}`),
  look(TOKEN, '_v1', String.raw`_v\d_[A-Za-z0-9]{32}`),
  look(TOKEN, 'pyp', 'pypi-[A-Za-z0-9_-]{40}'),
  look(TOKEN, 'rub', 'rubygems_[0-9a-f]{32}'),
  look(TOKEN, 'hvs hvb', String.raw`hv[sb]\.[A-Za-z0-9_-]{20}`),
  look(TOKEN, 'dap', 'dapi[0-9a-f]{32}'),
  look(TOKEN, 'GOC', 'GOCSPX-[A-Za-z0-9_-]{20}'),
  look(TOKEN, 'ntr', 'ntry[su]_[A-Za-z0-9+/=_-]{30}'),
  look(TOKEN, 'fig', 'figd_[A-Za-z0-9_-]{30}'),
  look(TOKEN, 'PMA', 'PMAK-[0-9a-f]{24}'),
  look(TOKEN, 'ATT CTT', '[AC]TT3x[A-Za-z0-9_=-]{40}'),
  look(TOKEN, 'NRA', 'NRAK-[A-Z0-9]{20}'),
  look(TOKEN, 'sq0', 'sq0(?:atp|csp)-[A-Za-z0-9_-]{20}'),
  look(TOKEN, 'sec', 'SECRET-KEY-1[A-Z0-9]{50}'),
  look(TOKEN, 'ckr', 'ckr_(?:pat|oat)_[A-Za-z0-9_-]{20}'),
  look(TOKEN, 'AIz', 'AIza[A-Za-z0-9_-]{35}'),
  look(TOKEN, 'SG.', String.raw`SG\.[A-Za-z0-9_-]{16}`),
  look(TOKEN, 'npm', 'npm_[A-Za-z0-9]{36}'),
  look(TOKEN, 'hf_', 'hf_[A-Za-z0-9]{30}'),
  look(TOKEN, 'ya2', String.raw`ya29\.[A-Za-z0-9_-]{20}`),
];

const looks = new Trigrams([...named, ...tokens]);

/** A line of Base64 and nothing else: what is between the first and the last line of a key that was logged line by line. */
const keyMaterial = /^[A-Za-z0-9+/]{60,80}={0,2}$/;

const mayBeKeyMaterial = (text: string): boolean => text.length >= 60 && text.length <= 82 && keyMaterial.test(text);

/** What may be in a text: a secret beside its name, one that is known by its own looks. */
export interface Suspicion {
  named: boolean;
  token: boolean;
}

/**
 * What of secrets may be in a text, null for nothing: most lines hold nothing, and this look is all that they cost. It never
 * says no to a text in which `maskFields`, `maskCommands`, `maskProse` (`named`) or `maskTokens` (`token`) finds something.
 */
export function suspect(text: string): Suspicion | null {
  const found = looks.find(text);
  const token = (found & TOKEN) !== 0 || mayBeKeyMaterial(text);
  return found === 0 && !token ? null : { named: (found & NAMED) !== 0, token };
}
