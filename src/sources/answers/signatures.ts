import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { HttpHeaders } from '../../io/network.ts';

/** How old a signed request of Slack may be, seconds: an older one may have been recorded and sent again. */
const oldest = 300;

const sign = (secret: string, bytes: string | Uint8Array): string => createHmac('sha256', secret).update(bytes).digest('hex');
const hash = (text: string) => createHash('sha256').update(text).digest();
/** Equal, in a time that does not tell how much of it is. */
const same = (a: string, b: string): boolean => timingSafeEqual(hash(a), hash(b));

/** Whether PagerDuty signed a body: `v1=<hex>`, several while a secret is being replaced. */
export function isSignedByPagerDuty(headers: HttpHeaders, body: Uint8Array, secret: string): boolean {
  const given = headers['x-pagerduty-signature'];
  const expected = `v1=${sign(secret, body)}`;
  return typeof given === 'string' && given.split(',').some((one) => same(one.trim(), expected));
}

/** Whether Slack signed a body just now: `v0=<hex>` over version, time and body. `now` in milliseconds. */
export function isSignedBySlack(headers: HttpHeaders, body: Uint8Array, secret: string, now: number): boolean {
  const given = headers['x-slack-signature'];
  const time = headers['x-slack-request-timestamp'];
  if (typeof given !== 'string' || typeof time !== 'string' || !/^\d{1,12}$/.test(time)) return false;
  if (Math.abs(now / 1000 - Number(time)) > oldest) return false;
  return same(given, `v0=${sign(secret, Buffer.concat([Buffer.from(`v0:${time}:`), body]))}`);
}
