/** What can be masked. */
export const redactKinds = ['secrets', 'emails', 'ips'] as const;
export type RedactKind = (typeof redactKinds)[number];

/** How many of each kind were masked. */
export type RedactCounts = Record<RedactKind, number>;

/** Masks what it finds in a text; tells how many it found. */
export type Mask = (text: string, found: (many: number) => void) => string;

/** What stands in place of a secret. Its kind stays readable; nothing of the secret does, not even a hash of it: short secrets can be guessed. */
export const marker = (what: string): string => `[redacted:${what}]`;
