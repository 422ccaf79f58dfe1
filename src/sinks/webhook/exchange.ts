import { readStart } from '../../base/readStart.ts';
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
  const { url, ...init } = call;
  const response = await net.fetch(url, { ...init, signal, redirect: 'manual' });
  const to = response.headers.get('location');
  return {
    status: response.status,
    redirect: to !== null && URL.canParse(to, url) ? new URL(to, url).host : null,
    retryAfter: response.headers.get('retry-after'),
    text: await readStart(response, longestReply),
  };
}
