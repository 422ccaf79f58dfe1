import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { HttpHeaders } from '../../io/network.ts';
import type { PageRequest } from '../../io/servePages.ts';

/** Who may look, and who may answer. */
export interface GuardOptions {
  /** What a person types once, or a program sends as `Authorization: Bearer ...`; null where none is asked for. */
  token: string | null;
  /** Names by which the pages are reached beside addresses and those of this machine. */
  hosts: readonly string[];
  /** Origins (`https://wiki.example`) whose pages may show the radar. */
  origins: readonly string[];
  /** Header in which a proxy says who is looking; null where there is none. What it says is believed. */
  userHeader: string | null;
  /** Users who may answer; all of them when empty. */
  ackUsers: readonly string[];
}

/** Somebody who is let in. */
export interface Viewer {
  role: 'view' | 'ack';
  /** As a proxy names them; null where nobody does. */
  who: string | null;
}

export interface Refusal {
  status: number;
  why: string;
}

/** IPv4, or IPv6 in its brackets: no name that could be made to lead elsewhere. */
const isAddress = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/;
const longestName = 200;

const digest = (text: string) => createHash('sha256').update(text).digest();
/** Equal, in a time that does not tell how much of it is. */
const same = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

/** What the cookie of a token holds: it proves the token and does not tell it. */
const sealToken = (token: string): string => createHmac('sha256', token).update('caducus cookie').digest('base64url');
/** Its name. Browsers tell no ports apart: of two radars on one machine each has its own. */
const nameCookie = (token: string): string =>
  `caducus-${createHmac('sha256', token).update('caducus cookie name').digest('hex').slice(0, 8)}`;

/** The cookie of somebody who has typed the token. `secure`: only ever sent over TLS. */
export const makeCookie = (token: string, secure: boolean): string =>
  `${nameCookie(token)}=${sealToken(token)}; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000${secure ? '; Secure' : ''}`;

/** The right token, in constant time. */
export const isToken = (given: string, token: string): boolean => same(given, token);

/**
 * A page of another site whose name was made to lead here must learn nothing (DNS rebinding): the name in `Host` is an
 * address, one of this machine, or one that was allowed. Null when it is; else why not.
 */
export function checkHost({ host = '' }: HttpHeaders, { hosts }: Pick<GuardOptions, 'hosts'>): Refusal | null {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  const known = isAddress.test(name) || name === 'localhost' || name.endsWith('.localhost') || hosts.includes(name);
  return known
    ? null
    : { status: 403, why: `the name ${JSON.stringify(name.slice(0, longestName))} is not allowed here: add it to http_hosts` };
}

/** Who asks; a refusal where nobody is let in that way. */
export function checkViewer({ headers }: Pick<PageRequest, 'headers'>, options: GuardOptions): Viewer | Refusal {
  const { token, userHeader, ackUsers } = options;
  if (hasBearer(headers, token)) return { role: 'ack', who: null };
  if (userHeader !== null) {
    const given = headers[userHeader.toLowerCase()];
    const who = (Array.isArray(given) ? given[0] : given)?.trim().slice(0, longestName) ?? '';
    if (who !== '') return { role: ackUsers.length === 0 || ackUsers.includes(who) ? 'ack' : 'view', who };
    return { status: 401, why: 'the proxy has not said who this is' };
  }
  if (token === null || same(readCookie(headers, nameCookie(token)), sealToken(token))) return { role: 'ack', who: null };
  return { status: 401, why: 'a token is needed' };
}

/**
 * What changes something comes from our own page, or from one that was allowed, which says so in a header that no form and
 * no other page can send; or from a program that shows the token. Null when it does.
 */
export function checkOrigin({ headers }: Pick<PageRequest, 'headers'>, options: GuardOptions): Refusal | null {
  if (hasBearer(headers, options.token)) return null;
  const { origin } = headers;
  if (origin === undefined || !(isOwn(origin, headers.host) || options.origins.includes(origin)))
    return {
      status: 403,
      why: `${nameOrigin(origin)} is no page of this radar: where it is shown under that name, add it to http_origins`,
    };
  return headers['x-caducus'] === undefined ? { status: 403, why: 'the header X-Caducus is missing' } : null;
}

/** Headers that let pages of allowed origins read an answer; none for others. */
export function allowOrigin({ origin }: HttpHeaders, { origins }: Pick<GuardOptions, 'origins'>): Record<string, string> {
  if (origin === undefined || !origins.includes(origin)) return { vary: 'Origin', 'cross-origin-resource-policy': 'same-origin' };
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-allow-headers': 'content-type, x-caducus',
    'access-control-allow-methods': 'GET, POST',
    'cross-origin-resource-policy': 'cross-origin',
  };
}

const hasBearer = ({ authorization = '' }: HttpHeaders, token: string | null): boolean =>
  token !== null && /^Bearer /i.test(authorization) && isToken(authorization.slice(7).trim(), token);

/** An origin as it may be said again; what is none is not. */
const nameOrigin = (origin: string | undefined): string =>
  origin !== undefined && URL.canParse(origin) ? new URL(origin).origin.slice(0, longestName) : 'what asks';

function isOwn(origin: string, host: string | undefined): boolean {
  const url = URL.canParse(origin) ? new URL(origin) : null;
  return url !== null && host !== undefined && url.host === host.toLowerCase();
}

function readCookie({ cookie = '' }: HttpHeaders, name: string): string {
  const pair = cookie.split(';').find((one) => one.trim().startsWith(`${name}=`));
  return pair?.trim().slice(name.length + 1) ?? '';
}
