import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { CaducusError } from '../../errors.ts';
import type { Files } from '../../io.ts';
import { readSecret } from '../../io/readNamed.ts';
import type { HttpHeaders } from '../../io/network.ts';
import { isLoopback } from '../listenAddress.ts';
import type { HttpOptions } from './options.ts';

/** Judges a request twice: its head before the body is read, and the body. */
export interface Auth {
  /** `token` is what the request's protocol has in another place than `Authorization: Bearer` or `Basic`. */
  head(headers: HttpHeaders, token?: string): boolean;
  body(headers: HttpHeaders, bytes: Uint8Array): boolean;
}

/** Equal, in a time that does not tell how much of it is. */
function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** A secret, which a file may hold. Throws CAD011 when that cannot be read, CAD013 when it holds too little. */
async function readKey(files: Files, given: string | undefined, file: string | undefined, path: string): Promise<string | null> {
  const secret = await readSecret(files, given, file, path);
  if (given === undefined && secret !== null && secret.length < 8)
    throw new CaducusError('CAD013', { path }, `${file} holds fewer than 8 characters`);
  return secret;
}

/**
 * What a request must prove. Throws CAD071 for a listener that anybody on the network could write to, CAD011 when a
 * secret's file cannot be read.
 */
export async function openAuth(options: HttpOptions, host: string, id: string, files: Files): Promise<Auth> {
  const path = `sources.${id}`;
  const token = await readKey(files, options.token, options.tokenFile, path);
  const key = options.hmac ? await readKey(files, options.hmac.secret, options.hmac.secretFile, path) : null;
  // SNS signs its messages, and the topics that may send are named.
  const proven = token !== null || key !== null || options.format === 'sns';
  if (!proven && !isLoopback(host))
    throw new CaducusError('CAD071', { path }, `${options.listen} can be reached from the network, and anybody may send`);
  if (options.format === 'sns' && options.topicArns.length === 0) {
    throw new CaducusError('CAD015', { path }, 'format sns needs topic_arns: anybody can make a topic whose messages are validly signed');
  }
  return {
    head: (headers, given) => token === null || proofs(headers, given).some((proof) => same(proof, token)),
    body(headers, bytes) {
      if (key === null || !options.hmac) return true;
      const given = headers[options.hmac.header.toLowerCase()];
      const expected = createHmac('sha256', key).update(bytes).digest(options.hmac.encoding);
      // While keys are changed a sender signs with both.
      return typeof given === 'string' && given.split(/[,\s]+/).some((one) => same(one.replace(/^[\w-]+=(?=.{43,})/, ''), expected));
    },
  };
}

/** What a request proves itself by: the token of its protocol, a bearer's, or the password of Basic authentication, whatever the user's name. */
function proofs({ authorization = '' }: HttpHeaders, given: string | undefined): string[] {
  if (given !== undefined) return [given];
  const [scheme = '', rest = ''] = authorization.trim().split(/\s+(.*)/s);
  if (/^bearer$/i.test(scheme)) return [rest];
  if (!/^basic$/i.test(scheme)) return [];
  const [, password] = Buffer.from(rest, 'base64').toString('utf8').split(/:(.*)/s);
  return password === undefined ? [] : [password];
}
