import { z } from 'zod';
import type { SignalKind } from '../src/signal.ts';

const second = 1000;
const units: Record<string, number> = {
  ms: 1,
  s: second,
  m: 60 * second,
  h: 3600 * second,
  d: 86_400 * second,
  w: 7 * 86_400 * second,
};
const part = /(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)/gy;

/**
 * Milliseconds in a written length of time such as `5m`, `1h 30m`, `250ms`; null when it is none.
 * Units: ms, s, m, h, d (24 h), w (7 d).
 */
export function parseDuration(text: string): number | null {
  const trimmed = text.trim();
  let total = 0;
  let at = 0;
  part.lastIndex = 0;
  for (let found = part.exec(trimmed); found; found = part.exec(trimmed)) {
    total += Number(found[1]) * (units[found[2]!] ?? Number.NaN);
    at = part.lastIndex;
    while (trimmed[at] === ' ') at += 1;
    part.lastIndex = at;
  }
  return at === trimmed.length && at > 0 ? total : null;
}

/** A length of time: `5m`, `1h 30m`, `250ms`, or a number of milliseconds. Comes out as milliseconds. */
export const duration = z
  .union([z.string(), z.number()])
  .transform((value, context): number => {
    const ms = typeof value === 'number' ? value : parseDuration(value);
    if (ms !== null && Number.isFinite(ms) && ms >= 0) return ms;
    context.addIssue({ code: 'custom', message: `expected a length of time such as 5m or 1h 30m, got ${JSON.stringify(value)}` });
    return z.NEVER;
  })
  .meta({ title: 'duration' });

const periods: Record<string, string> = { hour: '1h', day: '1d', week: '7d', month: '30d', year: '365d' };

/**
 * How often, by `1/week`, `3/day` or `2/12h`: so many times in so many milliseconds; null when it is none. A month has 30 days,
 * a year 365.
 */
export function parseFrequency(text: string): { times: number; period: number } | null {
  const found = /^\s*(\d+(?:\.\d+)?)\s*\/\s*(.+?)\s*$/.exec(text);
  const period = found ? parseDuration(periods[found[2]!] ?? found[2]!) : null;
  const times = Number(found?.[1]);
  return period !== null && period > 0 && times > 0 ? { times, period } : null;
}

/** How often something may be: `1/week`, `3/day`, `2/12h`. Stays as it is written, for people read it again. */
export const frequency = z
  .string()
  .refine((text) => parseFrequency(text) !== null, {
    error: ({ input }) => `expected how often, such as 1/week or 3/day, got ${JSON.stringify(input)}`,
  })
  .meta({ title: 'frequency' });

const byteUnits: Record<string, number> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

/** Bytes in a written size such as `5GiB` or `200 MB`; null when it is none. */
export function parseSize(text: string): number | null {
  const found = /^\s*(\d+(?:\.\d+)?)\s*([kmgt]?i?b?)\s*$/i.exec(text);
  const unit = found ? byteUnits[found[2]!.toLowerCase()] : undefined;
  return found && unit !== undefined ? Math.floor(Number(found[1]) * unit) : null;
}

/** A size: `5GiB`, `200MB`, or a number of bytes. Comes out as bytes. */
export const byteSize = z
  .union([z.string(), z.number()])
  .transform((value, context): number => {
    const bytes = typeof value === 'number' ? value : parseSize(value);
    if (bytes !== null && Number.isFinite(bytes) && bytes >= 0) return bytes;
    context.addIssue({ code: 'custom', message: `expected a size such as 5GiB or 200MB, got ${JSON.stringify(value)}` });
    return z.NEVER;
  })
  .meta({ title: 'size' });

/** A dotted path into a record, such as `metadata.spend` or `blip.count`. */
export const fieldPath = z
  .string()
  .regex(/^[^.\s]+(\.[^.\s]+)*$/, 'expected a dotted field path such as metadata.spend')
  .meta({ title: 'field path' });

/** The value at a dotted path of own properties; undefined when there is none. */
export const fieldAt = (record: unknown, path: string): unknown => fieldReader(path)(record);

/** The same for a path that is asked often: it is taken apart once. */
export function fieldReader(path: string): (record: unknown) => unknown {
  const names = path.split('.');
  return (record) => {
    let at = record;
    for (const name of names) {
      if (at === null || typeof at !== 'object' || !Object.hasOwn(at, name)) return undefined;
      at = (at as Record<string, unknown>)[name];
    }
    return at;
  };
}

/** The kinds of signal that come with caducus. */
export const signalKinds = ['event', 'blip', 'radar', 'finding', 'rejected', 'mark'] as const satisfies readonly SignalKind[];

/** A kind of signal: one of those that come with caducus, or one that an operator of your own emits. */
export const signalKind = z.union([
  z.enum(signalKinds),
  z.string().regex(/^[A-Za-z][A-Za-z0-9_-]*$/, 'expected the name of a kind of signal'),
]);
