import { JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream';
import { answerWithin, type Jet } from '../connect.ts';

/** A message as it lies in a stream. */
export interface Stored {
  seq: number;
  subject: string;
  data: Buffer;
  /** When the server took it, by its clock; milliseconds since 1970. */
  at: number;
  /** What its head says under a name; empty without. */
  readHeader(name: string): string;
}

interface Answer {
  error?: { err_code: number; code: number; description: string };
  message?: { seq: number; subject: string; time: string; hdrs?: string; data?: string };
}

const decode = (text = ''): Buffer => Buffer.from(text, 'base64');

/**
 * The message of a number, or the newest of a subject, from the leader of the stream: another replica may not have it yet.
 * null where there is none. The client has a call for it, which takes four times as long over a part of half a megabyte.
 */
export async function askStored(
  { nc, js }: Pick<Jet, 'nc' | 'js'>,
  stream: string,
  query: { seq: number } | { last_by_subj: string },
): Promise<Stored | null> {
  const answer = await nc.request(`${js.apiPrefix}.STREAM.MSG.GET.${stream}`, JSON.stringify(query), { timeout: answerWithin });
  const { error, message } = answer.json<Answer>();
  if (error?.err_code === JetStreamApiCodes.NoMessageFound) return null;
  if (error) throw new JetStreamApiError(error);
  const { seq, subject, time, hdrs, data } = message!;
  return {
    ...{ seq, subject, data: decode(data), at: Date.parse(time) },
    readHeader: (name) => new RegExp(`^${name}: *(.*?)\\r$`, 'im').exec(decode(hdrs).toString())?.[1] ?? '',
  };
}
