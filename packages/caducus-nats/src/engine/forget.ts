import { JetStreamApiError } from '@nats-io/jetstream';
import type { Jet } from '../connect.ts';
import { isOlder } from '../checkServer.ts';
import type { Patience } from './patience.ts';
import { readSubject } from './readSubject.ts';

/**
 * The first release that books what a purge by subject has freed: before, a server with the room of a disk would be full
 * once as much had been written as the disk holds, whatever was purged. https://github.com/nats-io/nats-server/pull/3876
 */
const booksPurges = [2, 9, 15];

/** Numbers that are forgotten side by side. */
const width = 64;

/** What the server answers where the message of a number is gone. */
const gone: readonly number[] = [10037, 10043, 10057];

/** Forgets the messages of a subject whose numbers are below one. It is more than 1, which the server takes for none given. */
export async function forgetBelow(
  jet: Pick<Jet, 'js' | 'jsm' | 'link' | 'nc'>,
  patience: Patience,
  { stream, subject }: { stream: string; subject: string },
  below: number,
): Promise<void> {
  if (!isOlder(jet.nc.info?.version ?? '', booksPurges)) {
    await patience.until(() => jet.jsm.streams.purge(stream, { filter: subject, seq: below }));
    return;
  }
  const stop = new AbortController();
  let some: number[] = [];
  const forget = async () => {
    await Promise.all(some.map((seq) => patience.until(() => remove(jet, stream, seq))));
    some = [];
  };
  for await (const { seq } of readSubject(jet, patience, { stream, subject, headersOnly: true }, stop.signal)) {
    if (seq < below) some.push(seq);
    else stop.abort();
    if (some.length >= width) await forget();
  }
  await forget();
}

async function remove({ jsm }: Pick<Jet, 'jsm'>, stream: string, seq: number): Promise<void> {
  try {
    await jsm.streams.deleteMessage(stream, seq, false);
  } catch (error) {
    if (!(error instanceof JetStreamApiError && gone.includes(error.code))) throw error;
  }
}
