import convict from 'convict';
import { parseDuration, parseSize } from './scalars.ts';

/** What variables and flags say for yes and no. convict's own Boolean takes every other word for a yes. */
const switches: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  1: true,
  false: false,
  no: false,
  off: false,
  0: false,
};

/** What stands between commas. */
export function listed(value: unknown): string[] {
  if (typeof value !== 'string') throw new Error('expected text, its parts separated by commas');
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Kinds of value that convict does not have by itself. Each throws what a person reads. */
const formats: Record<string, (value: unknown) => void> = {
  switch: (value) => {
    if (typeof value !== 'boolean') throw new Error(`expected true or false, got ${JSON.stringify(value)}`);
  },
  path: (value) => {
    if (typeof value !== 'string' || value === '') throw new Error('expected the path of a folder');
  },
  'length of time': (value) => {
    if (typeof value !== 'string' || parseDuration(value) === null) throw new Error('expected a length of time such as 30s or 5m');
  },
  'length of time or nothing': (value) => {
    if (typeof value !== 'string' || (value !== '' && parseDuration(value) === null))
      throw new Error('expected a length of time such as 14d, or nothing');
  },
  'size or nothing': (value) => {
    if (value !== '' && ((typeof value !== 'string' && typeof value !== 'number') || parseSize(String(value)) === null))
      throw new Error('expected a size such as 5GiB, or nothing');
  },
  address: (value) => {
    if (typeof value !== 'string' || (value !== '' && !/^(\[[0-9a-fA-F:]+\]|[^:\s]*):\d{1,5}$/.test(value)))
      throw new Error('expected host:port, such as 127.0.0.1:9464');
  },
  'host names': (value) => {
    for (const name of listed(value))
      if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(name))
        throw new Error(`expected names such as radar.example, got ${JSON.stringify(name)}`);
  },
  origins: (value) => {
    for (const one of listed(value))
      if (!URL.canParse(one) || new URL(one).origin !== one)
        throw new Error(`expected origins such as https://wiki.example, without a path, got ${JSON.stringify(one)}`);
  },
  'user names': (value) => void listed(value),
  'header name': (value) => {
    if (typeof value !== 'string' || !/^[A-Za-z0-9-]*$/.test(value))
      throw new Error('expected the name of a header such as X-Forwarded-User');
  },
  token: (value) => {
    // The value itself is never repeated.
    if (typeof value !== 'string' || (value !== '' && value.length < 8)) throw new Error('expected at least 8 characters');
  },
  zone: (value) => {
    // The usual answer, without loading the tables of zones.
    if (value === 'UTC') return;
    try {
      Intl.DateTimeFormat('en', { timeZone: String(value) });
    } catch {
      throw new Error('expected UTC or an IANA time zone such as Europe/Berlin');
    }
  },
};

let known = false;

/** Teaches convict the formats of the schema; once is enough. */
export function teachFormats(): void {
  if (known) return;
  known = true;
  for (const [name, validate] of Object.entries(formats)) {
    const coerce = (value: unknown) => (name === 'switch' ? (switches[String(value).toLowerCase()] ?? value) : value);
    convict.addFormat({ name, validate, coerce });
  }
}
