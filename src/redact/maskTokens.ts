import { marker, type Mask } from './kinds.ts';
import { isCredential } from './secretValue.ts';

interface Rule {
  what: string;
  pattern: RegExp;
  /** The first group stays; the second is the secret. */
  keep?: boolean;
  only?(secret: string): boolean;
}

/**
 * Secrets that are known by their own looks. Every repetition is bounded or runs over one class of characters, so that no
 * text costs more than linear time. Shapes are those their issuers publish.
 */
const rules: readonly Rule[] = [
  {
    what: 'private-key',
    pattern:
      /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----[^]*?(?:-----END (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----|$)/g,
  },
  {
    what: 'key-material',
    pattern: /^[A-Za-z0-9+/]{60,80}={0,2}$/g,
    only: (line) => /[a-z]/.test(line) && /[A-Z]/.test(line) && /[0-9]/.test(line) && /[G-Zg-z]/.test(line),
  },
  {
    what: 'password',
    keep: true,
    pattern: /(:\/\/[^\s:@/"'<>]{0,128}:)([^\s/"'<>]{1,256})(?=@)/g,
    only: (password) => !/^\[redacted|^\*+$|^\$\{/.test(password),
  },
  {
    what: 'password',
    keep: true,
    pattern: /(thin:[^\s:@/"'<>]{1,64}\/)([^\s/"'<>]{1,256})(?=@)/g,
    only: (password) => !password.startsWith('[redacted'),
  },
  // The access key's other half, wherever it stands beside it.
  {
    what: 'aws-secret',
    keep: true,
    pattern: /((?:AKIA|ASIA)[A-Z2-7]{16}[^A-Za-z0-9/+]{1,8})([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/g,
    only: (secret) => /[a-z]/.test(secret) && /[A-Z]/.test(secret),
  },
  // A user alone in an address, drawn at random: the key of an ingest endpoint.
  { what: 'token', keep: true, pattern: /(:\/\/)([A-Za-z0-9_-]{16,256})(?=@)/g, only: isCredential },
  { what: 'token', keep: true, pattern: /(\/bot\d{6,12}:)([A-Za-z0-9_-]{30,})/g },
  { what: 'token', keep: true, pattern: /(\/webhooks?\/(?:\d{1,24}\/)?)([A-Za-z0-9_-]{30,})/g, only: isCredential },
  { what: 'token', keep: true, pattern: /([?&](?:key|code|auth|client_assertion)=)([A-Za-z0-9._~%/+-]{20,})/g, only: isCredential },
  { what: 'token', keep: true, pattern: /(hooks\.slack\.com\/(?:services|workflows)\/)([A-Za-z0-9/]{20,})/g },
  { what: 'token', keep: true, pattern: /\b(Bearer[ ,:]+)([A-Za-z0-9._~+/=-]{8,})/gi, only: isCredential },
  { what: 'jwt', pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*){0,3}/g },
  { what: 'aws-key', pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])/g },
  { what: 'token', pattern: /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{22,}|glpat-[A-Za-z0-9_-]{20,})/g },
  { what: 'token', pattern: /(?<![A-Za-z0-9])(?:xox[a-z]-[A-Za-z0-9-]{10,}|xapp-[A-Za-z0-9-]{10,})/g },
  {
    what: 'token',
    pattern:
      /(?<![A-Za-z0-9])(?:[rsp]k_(?:live|test)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/=]{16,}|sk-(?:[a-z]{2,10}-){0,2}[A-Za-z0-9_-]{20,})/g,
    only: (token) => /\d/.test(token),
  },
  // Issued tokens say what they are: a word of credentials, or a version, in front of what is drawn.
  {
    what: 'token',
    pattern:
      /(?<![A-Za-z0-9_-])[a-z]{0,12}(?:(?<=[a-z])[_-])?(?:pat|p?tt|tok|token|key|xkeysib|api|sk|secret)[_-](?:[a-z]{1,8}\d{0,2}-)?[A-Za-z0-9]{20,}(?:[_-][A-Za-z0-9]{8,}){0,3}|(?<![A-Za-z0-9_-])[a-z]{2,10}_v\d_[A-Za-z0-9]{32,}/g,
    only: (token) => (token.match(/\d/g)?.length ?? 0) >= 3,
  },
  {
    what: 'token',
    pattern:
      /(?<![A-Za-z0-9])(?:pypi-[A-Za-z0-9_-]{40,}|rubygems_[0-9a-f]{32,}|hv[sb]\.[A-Za-z0-9_-]{20,}|dapi[0-9a-f]{32}|GOCSPX-[A-Za-z0-9_-]{20,}|sntry[su]_[A-Za-z0-9+/=_-]{30,}|figd_[A-Za-z0-9_-]{30,}|PMAK-[0-9a-f]{24}-[0-9a-f]{30,}|AT[AC]TT3x[A-Za-z0-9_=-]{40,}|NRAK-[A-Z0-9]{20,}|sq0(?:atp|csp)-[A-Za-z0-9_-]{20,}|AGE-SECRET-KEY-1[A-Z0-9]{50,}|dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}|sk-ant-[A-Za-z0-9_-]{20,})/g,
  },
  {
    what: 'token',
    pattern:
      /(?<![A-Za-z0-9])(?:AIza[A-Za-z0-9_-]{35}|SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|npm_[A-Za-z0-9]{36}|hf_[A-Za-z0-9]{30,}|ya29\.[A-Za-z0-9_-]{20,})/g,
  },
];

/** Masks tokens, keys and passwords in addresses, wherever they stand. */
export const maskTokens: Mask = (text, found) => {
  let out = text;
  for (const { what, pattern, keep = false, only } of rules) {
    out = out.replace(pattern, (whole: string, before: unknown, secret: unknown) => {
      const kept = keep ? String(before) : '';
      if (only && !only(keep ? String(secret) : whole)) return whole;
      found(1);
      return kept + marker(what);
    });
  }
  return out;
};
