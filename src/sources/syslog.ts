import { join } from 'node:path';
import { CaducusError } from '../errors.ts';
import type { Json } from '../event.ts';
import type { Files } from '../io.ts';
import { readNamed } from '../io/readNamed.ts';
import type { StreamOptions } from '../io/sockets.ts';
import type { Signal } from '../signal.ts';
import { Journal } from '../store/journal.ts';
import { isLoopback, splitAddress } from './listenAddress.ts';
import { journalRecords } from './journalRecords.ts';
import { defineSource, type OpenSource, type SourceBatch, type SourceContext } from './source.ts';
import { syslogOptions, type SyslogOptions } from './syslog/options.ts';
import { Receiver } from './syslog/receiver.ts';

/** Called with the ports once they are listened to. */
export type Listening = (ports: { udp?: number; tcp?: number }) => void;

/** Opens the listener. It takes messages as soon as its batches are asked for. */
export function openSyslog(options: SyslogOptions, context: SourceContext, listening: Listening = () => {}): OpenSource {
  const { io, id, from, signal, stateDir, dataDir, redact = (record: Signal) => record } = context;
  let journal: Journal | undefined;
  let receiver: Receiver | undefined;

  async function* batches(): AsyncGenerator<SourceBatch> {
    const folder = stateDir ?? dataDir;
    if (folder === undefined)
      throw new CaducusError('CAD015', { path: `sources.${id}` }, 'the listener needs a folder for its journal (state_dir)');
    const { host, port, tls } = await checkListener(options, id, io.files);
    journal = await Journal.open(io.files, join(folder, 'journal', encodeURIComponent(id)), from);
    // A journal that cannot be written ends the source: over TCP the senders keep what they have.
    const stop = new AbortController();
    let failure: { error: unknown } | null = null;
    const failed = (error: unknown) => {
      failure ??= { error };
      stop.abort();
    };
    receiver = new Receiver(options, { io, id, journal, redact, failed });
    listening(await receiver.listen(host, port, tls).catch((cause: unknown) => reject(options, id, cause)));
    yield* journalRecords(journal, id, AbortSignal.any([signal, stop.signal]));
    if (failure !== null) throw (failure as { error: unknown }).error;
  }
  return {
    batches: batches(),
    release: async (position: Json) => journal?.release(position),
    async close() {
      await receiver?.close();
      await journal?.close();
    },
  };
}

/** Throws CAD071 when anybody on the network could send, CAD011 when a file of the certificate cannot be read. */
async function checkListener({ listen, allow, tls }: SyslogOptions, id: string, files: Files) {
  const { host, port } = splitAddress(listen);
  const path = `sources.${id}`;
  if (!isLoopback(host) && allow.length === 0 && tls?.caFile === undefined)
    throw new CaducusError('CAD071', { path }, `${listen} can be reached from the network, and anybody may send`);
  const read = (file: string) => readNamed(files, file, path);
  if (!tls) return { host, port, tls: undefined };
  const given: StreamOptions['tls'] = { cert: await read(tls.certFile), key: await read(tls.keyFile) };
  if (tls.caFile !== undefined) given.ca = await read(tls.caFile);
  return { host, port, tls: given };
}

function reject({ listen }: SyslogOptions, id: string, cause: unknown): never {
  throw new CaducusError('CAD070', { path: `sources.${id}` }, `cannot listen on ${listen}: ${(cause as Error).message}`, { cause });
}

/**
 * Listens for syslog over UDP, TCP and TLS (RFC 3164, 5424, 5425, 6587): a message is a record, its priority the level,
 * its program the group. What was taken is on disk in a journal before more is read. TCP has no receipts: what a sender
 * had sent and this machine had not read is gone when it loses its power; a stop reads it first. Datagrams may be lost
 * on the way; those that were lost here are counted as rejected.
 *
 * Throws CAD070 when the address is taken, CAD071 when anybody on the network could send.
 */
export const syslog = defineSource({
  name: 'syslog',
  summary: 'Listens for syslog over UDP, TCP and TLS.',
  options: syslogOptions,
  live: true,
  readers: 'each',
  // A place in the journal, whatever is sent and where to.
  identity: () => ({}),
  open: (options, context) => openSyslog(options, context),
  async probe(options, { io, id }) {
    const { host, port } = await checkListener(options, id, io.files);
    const server = await io.net
      .listenStream({ host, port, maxConnections: 1 }, (one) => one.cut())
      .catch((cause: unknown) => reject(options, id, cause));
    await server.close();
    return `port ${server.port} is free`;
  },
});
