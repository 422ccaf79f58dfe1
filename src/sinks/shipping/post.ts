import { retryAfter } from '../../base/retryAfter.ts';
import { explainFailure } from '../../base/explainFailure.ts';
import type { Io } from '../../io.ts';
import { post, type Posted } from '../webhook/exchange.ts';
import { plainVerdict, type Reply } from '../webhook/receiver.ts';
import type { Carry, Outcome } from './shipment.ts';
import type { Parcel } from './parcel.ts';

/** Most that a receiver's Retry-After is believed, milliseconds. */
const longestWait = 3_600_000;

/**
 * Posts batches. What a status means is the same for all receivers of ours; `read` says of an answer that is well what of the
 * batch it refused. Of addresses only the host is shown: the rest may be a secret.
 */
export function poster(
  io: Pick<Io, 'net' | 'now'>,
  makeCall: (batch: readonly Parcel[]) => Posted,
  read: (reply: Reply, batch: readonly Parcel[]) => Outcome = () => ({ ok: true }),
): Carry {
  return async (batch, signal) => {
    const call = makeCall(batch);
    const { host } = new URL(call.url);
    let reply: Reply;
    try {
      reply = await post(io.net, call, signal);
    } catch (error) {
      return { ok: false, retry: true, why: `${host}: ${explainFailure(error)}` };
    }
    const verdict = plainVerdict(reply);
    if (verdict.ok) return read(reply, batch);
    const wait = retryAfter(reply.retryAfter, io.now(), longestWait) ?? 0;
    return { ok: false, retry: verdict.retry, why: `${host}: ${verdict.why}`, wait };
  };
}
