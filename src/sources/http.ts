import { recordLine } from '../base/recordText.ts';
import { join } from 'node:path';
import { CaducusError } from '../errors.ts';
import type { Json } from '../event.ts';
import type { Files } from '../io.ts';
import { readNamed } from '../io/readNamed.ts';
import type { HttpRequest } from '../io/network.ts';
import type { Signal } from '../signal.ts';
import { Journal } from '../store/journal.ts';
import { alertmanager } from './http/alertmanager.ts';
import { openAuth } from './http/auth.ts';
import type { Decode } from './http/decode.ts';
import { decodeBody } from './http/decodeBody.ts';
import { fetchText } from './http/fetchText.ts';
import { jsonBody, ndjsonBody } from './http/jsonBody.ts';
import { messageBody } from './http/messageBody.ts';
import { splitAddress } from './listenAddress.ts';
import { Listener, type Answer, type Tls } from './http/listener.ts';
import { httpOptions, type HttpOptions } from './http/options.ts';
import { journalled } from './http/journalled.ts';
import { snsDecoder } from './http/sns.ts';
import { defineSource, type OpenSource, type SourceBatch, type SourceContext } from './source.ts';

const decoders = new Map<string, () => Decode>([
  ['alertmanager', () => alertmanager],
  ['sns', snsDecoder],
  ['json', () => jsonBody],
  ['ndjson', () => ndjsonBody],
]);

/** The certificate and its key; null without one. Throws CAD011 when one cannot be read. */
async function readTls({ tls }: HttpOptions, id: string, files: Files): Promise<Tls | null> {
  if (!tls) return null;
  const read = (file: string) => readNamed(files, file, `sources.${id}.tls`);
  return { cert: await read(tls.certFile), key: await read(tls.keyFile) };
}

/** What a test, or a program that embeds the listener, may want to know or replace. */
export interface HttpHooks {
  /** Called with the port once it listens. */
  listening?(port: number): void;
  fetchText?(url: string): Promise<string>;
}

/** Opens the listener. It takes requests as soon as its batches are asked for. */
export function openHttp(options: HttpOptions, context: SourceContext, hooks: HttpHooks = {}): OpenSource {
  const { io, id, from, signal, stateDir, dataDir, redact = (record: Signal) => record } = context;
  const decode = decoders.get(options.format)?.() ?? messageBody(options.format);
  /** Loaded for those who ask for it: it brings a reader of protobuf along. */
  let shippers: typeof import('./http/shippers/shipperBody.ts') | null = null;
  let journal: Journal | undefined;
  let listener: Listener | undefined;
  let requests = 0;
  const counts = { duplicate: 0, filtered: 0, left_out: 0 };

  async function accept(body: Buffer, request: HttpRequest): Promise<Answer> {
    if (journal!.backlog > options.maxBacklog) return { status: 503, body: { error: 'too much is waiting' }, retryAfter: 5 };
    const now = io.now();
    const beside = { filtered: 0, left_out: 0 };
    requests += 1;
    // Time first, so that ids rise; the journal's epoch keeps two starts apart when the clock was set back.
    const name = `${now.toString(36).padStart(9, '0')}${journal!.epoch.toString(36)}-${requests.toString(36).padStart(6, '0')}`;
    const shipper = shippers?.readShipper(request) ?? null;
    const decoded = await decodeBody(shipper?.decode ?? decode, body, {
      options,
      headers: request.headers,
      id,
      now,
      request: name,
      fetchText: hooks.fetchText ?? ((url) => fetchText(io, url)),
      uncounted: (what, many) => void (beside[what] += many),
    });
    if ('forbid' in decoded) return { status: 403, body: { error: decoded.forbid } };
    if ('refuse' in decoded) return { status: 400, body: { error: decoded.refuse } };
    const records = decoded.records.map(redact);
    if (records.length > 0) await journal!.append(records.map(recordLine).join(''));
    counts.filtered += beside.filtered;
    counts.left_out += beside.left_out;
    const rejected = records.filter(({ kind }) => kind === 'rejected').length;
    const accepted = records.length - rejected;
    // They are kept, and can be looked at; the sender is answered that none of them is of use.
    return shipper?.answer(records.length, body) ?? { status: rejected > 0 && accepted === 0 ? 422 : 200, body: { accepted, rejected } };
  }

  async function* batches(): AsyncGenerator<SourceBatch> {
    const folder = stateDir ?? dataDir;
    if (folder === undefined)
      throw new CaducusError('CAD015', { path: `sources.${id}` }, 'the listener needs a folder for its journal (state_dir)');
    const auth = await openAuth(options, splitAddress(options.listen).host, id, io.files);
    if (options.format === 'shippers') shippers = await import('./http/shippers/shipperBody.ts');
    journal = await Journal.open(io.files, join(folder, 'journal', encodeURIComponent(id)), from);
    listener = new Listener(io.net, options, auth, accept, {
      route: shippers?.findShipperRoute,
      tls: await readTls(options, id, io.files),
    });
    const port = await listener.listen(id);
    hooks.listening?.(port);
    yield* journalled(journal, { source: id, from, signal, repeated: () => void (counts.duplicate += 1) });
  }
  return {
    batches: batches(),
    counts: () => counts,
    release: async (position: Json) => journal?.release(position),
    async close() {
      await listener?.close();
      await journal?.close();
    },
  };
}

/**
 * Listens for records over HTTP: alerts of Alertmanager and SNS, JSON, NDJSON. A sender is answered 2xx only after its
 * records are on disk in a journal, which is read from where the last checkpoint stands: nothing that was received is
 * lost in a crash. Bounded everywhere: 413 for large bodies, 429 and 503 with Retry-After under pressure.
 *
 * Throws CAD070 when the address is taken, CAD071 when anybody on the network could send.
 */
export const http = defineSource({
  name: 'http',
  summary: 'Listens for alerts and records over HTTP: Alertmanager, SNS, JSON, NDJSON.',
  options: httpOptions,
  live: true,
  redelivers: true,
  // A place in the journal, whatever is sent and where to.
  identity: () => ({}),
  open: (options, context) => openHttp(options, context),
  async probe(options, { io, id }) {
    const auth = await openAuth(options, splitAddress(options.listen).host, id, io.files);
    const tls = await readTls(options, id, io.files);
    const listener = new Listener(io.net, options, auth, async () => ({ status: 503, body: { error: 'not started yet' } }), { tls });
    const port = await listener.listen(id);
    await listener.close();
    return `port ${port} is free`;
  },
});
