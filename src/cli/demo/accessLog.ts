import { minute, second, speak, type Dice, type Voice } from './voices.ts';

/** The demo's shop: an hour of a web server's log. Event time, so it never ages. */
export const shopStart = Date.UTC(2026, 2, 14, 9);
export const shopEnd = shopStart + 60 * minute;
/** What stands behind the checkout is gone from here on. */
export const outageStart = shopEnd - 4 * minute - 20 * second;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (number: number) => String(number).padStart(2, '0');

/** `14/Mar/2026:09:00:00 +0000`, as web servers write a time. */
function stamp(ms: number): string {
  const at = new Date(ms);
  const day = `${two(at.getUTCDate())}/${months[at.getUTCMonth()]!}/${at.getUTCFullYear()}`;
  return `${day}:${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`;
}

const visitor = (any: Dice) => `203.0.113.${1 + any.below(254)}`;
const browsers = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:139.0) Gecko/20100101 Firefox/139.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15',
];

/** A request as it is logged: who, what, how it ended, how much was sent. */
const request = (any: Dice, what: string, status: number, bytes: number): string =>
  [visitor(any), `"${what} HTTP/1.1" ${status} ${bytes} "-" "${browsers[any.below(2)]!}"`].join('\n');

const product = (any: Dice) => 1 + any.below(400);

const shop: readonly Voice[] = [
  { every: 1_300, say: (any) => request(any, 'GET /', 200, 5_120) },
  { every: 800, say: (any) => request(any, `GET /products/${product(any)}`, 200, 2_000 + any.below(9_000)) },
  { every: 4_100, say: (any) => request(any, 'POST /cart', 302, 0) },
  { every: 9_700, until: outageStart, say: (any) => request(any, 'POST /checkout', 200, 700 + any.below(200)) },
  { every: 9_700, from: outageStart, say: (any) => request(any, 'POST /checkout', 502, 157) },
  { every: 9_900, until: outageStart, say: (any) => request(any, `GET /orders/${any.below(90_000)}`, 200, 1_100 + any.below(400)) },
  { every: 31_000, say: (any) => request(any, `GET /products/${500 + any.below(400)}`, 404, 1_245) },
];

/** `access.log`: an hour of a shop, in whose last minutes every checkout ends with a 502, and nobody looks at an order. */
export const accessLog = (): string =>
  speak(shop, {
    start: shopStart,
    end: shopEnd,
    write: (_voice, time, text) => {
      const [who, rest] = text.split('\n');
      return `${who!} - - [${stamp(time)}] ${rest!}`;
    },
  });
