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
  { what: 'token', keep: true, pattern: /(hooks\.slack\.com\/(?:services|workflows)\/)([A-Za-z0-9/]{20,})/g },
  { what: 'token', keep: true, pattern: /\b(Bearer +)([A-Za-z0-9._~+/=-]{8,})/gi, only: isCredential },
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
