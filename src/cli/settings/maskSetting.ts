import type { Json } from '../../event.ts';
import { maskSecrets } from '../../redact/maskSecrets.ts';
import { secretName } from '../../redact/secretName.ts';

/** Shown in a secret's place. Its length says nothing about the secret's. */
export const masked = '******';

/**
 * A value of the configuration as it may be printed: everything under a name that means a secret is masked whole, and
 * what looks like one is masked wherever it stands.
 */
export function maskSetting(path: readonly string[], value: Json): Json {
  if (value === null || value === '' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((item) => maskSetting(path, item));
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, maskSetting([...path, name], inner)]));
  if (path.some((name) => secretName(name) !== null)) return masked;
  return typeof value === 'string' ? maskSecrets(value, () => {}) : value;
}
