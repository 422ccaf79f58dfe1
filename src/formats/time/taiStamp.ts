import type { Stamp } from './stamp.ts';

/** Seconds by which the labels run ahead of UTC: writers add the ten of 1970, not the leap seconds since. */
const taiAhead = 10;

/** TAI64 and TAI64N labels: `@4000000` and the rest of 16 digits of seconds, 8 more of nanoseconds (cr.yp.to/libtai/tai64.html). */
export function scanTai(text: string, at: number, stamp: Stamp): boolean {
  const label = /^@(40{6}[0-9a-f]{8}|4[0-9a-f]{15})([0-9a-f]{8})?(?![0-9a-f])/i.exec(text.slice(at, at + 26));
  if (!label) return false;
  const seconds = Number(BigInt(`0x${label[1]}`) - 0x4000000000000000n) - taiAhead;
  const nanos = label[2] === undefined ? 0 : Number.parseInt(label[2], 16);
  if (seconds < 0 || seconds > 4_102_444_800) return false;
  stamp.epoch = seconds * 1000 + Math.floor(nanos / 1e6);
  stamp.timed = true;
  stamp.end = at + label[0].length;
  return true;
}
