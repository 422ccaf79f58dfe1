import { readStartBytes } from '../../base/readStart.ts';
import type { Network } from '../../io/network.ts';
import type { Call, Reply } from './receiver.ts';

/** Most that is read of an answer, bytes. */
const longestReply = 16_384;

/** Makes a call and gives its answer. Rejects when there is none, and with the signal's reason when that aborts. */
export async function exchange(net: Network, call: Call, signal: AbortSignal): Promise<Reply> {
  if (call.method === 'MAIL') {
    const { code, text } = await net.sendMail(call.server, call.mail, signal);
    return { status: code, redirect: null, retryAfter: null, text };
  }
  return post(net, call, signal);
}

/** A request of HTTP, whatever its body is. */
export interface Posted {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer>;
}

/** Makes a request and gives the beginning of its answer. No redirect is followed. */
export async function post(net: Network, { url, ...init }: Posted, signal: AbortSignal): Promise<Reply> {
  const response = await net.fetch(url, { ...init, signal, redirect: 'manual' });
  const to = response.headers.get('location');
  const bytes = await readStartBytes(response, longestReply);
  return {
    status: response.status,
    redirect: to !== null && URL.canParse(to, url) ? new URL(to, url).host : null,
    retryAfter: response.headers.get('retry-after'),
    text: new TextDecoder().decode(bytes),
    bytes,
  };
}
