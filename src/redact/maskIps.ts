import { marker, type Mask } from './kinds.ts';

/** What may be an address: hexadecimal digits with dots or colons, not part of a longer word or number. */
const candidate =
  /(?<![\w.:\]])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?:(?:\.\d{1,3}){3})?(?![\w:])|(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\w)/g;
const four = /^(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;

/** RFC 4291, 2.2: eight groups, or fewer with one `::`; the last two may be written as IPv4. A clock and a MAC are none. */
function isIpv6(text: string): boolean {
  const tail = /:(\d+\.\d+\.\d+\.\d+)$/.exec(text)?.[1];
  if (tail !== undefined && !four.test(tail)) return false;
  const plain = tail === undefined ? text : `${text.slice(0, -tail.length)}0:0`;
  const halves = plain.split('::');
  if (halves.length > 2 || plain.includes(':::')) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (groups.some((group) => !/^[0-9A-Fa-f]{1,4}$/.test(group))) return false;
  return halves.length === 2 ? groups.length >= 1 && groups.length <= 7 : groups.length === 8;
}

/** Masks IPv4 and IPv6 addresses; ports behind them stay. */
export const maskIps: Mask = (text, found) =>
  text.replace(candidate, (whole) => {
    if (!(whole.includes(':') ? isIpv6(whole) : four.test(whole))) return whole;
    found(1);
    return marker('ip');
  });
