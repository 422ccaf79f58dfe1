import type { Json } from '../event.ts';
import type { Files } from '../io.ts';
import { readNamed } from '../io/readNamed.ts';
import type { HttpRequest } from '../io/network.ts';
import { alertmanager } from './http/alertmanager.ts';
import { openAuth } from './http/auth.ts';
import type { Decode } from './http/decode.ts';
import { fetchText } from './http/fetchText.ts';
import { Inbox } from './http/inbox.ts';
import { jsonBody, ndjsonBody } from './http/jsonBody.ts';
import { messageBody } from './http/messageBody.ts';
import { splitAddress } from './listenAddress.ts';
import { Listener, type Answer, type Tls } from './http/listener.ts';
import { httpOptions, type HttpOptions } from './http/options.ts';
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
  const { io, id } = context;
  const decode = decoders.get(options.format)?.() ?? messageBody(options.format);
  /** Loaded for those who ask for it: it brings a reader of protobuf along. */
  let shippers: typeof import('./http/shippers/shipperBody.ts') | null = null;
  let inbox: Inbox | undefined;
  let listener: Listener | undefined;

  async function accept(body: Buffer, request: HttpRequest): Promise<Answer> {
    if (inbox!.isFull) return { status: 503, body: { error: 'too much is waiting' }, retryAfter: 5 };
    const shipper = shippers?.readShipper(request) ?? null;
    const taken = await inbox!.take(shipper?.decode ?? decode, body, {
      options,
      headers: request.headers,
      fetchText: hooks.fetchText ?? ((url) => fetchText(io, url)),
    });
    if ('forbid' in taken) return { status: 403, body: { error: taken.forbid } };
    if ('refuse' in taken) return { status: 400, body: { error: taken.refuse } };
    const { accepted, rejected } = taken;
    // They are kept, and can be looked at; the sender is answered that none of them is of use.
    return shipper?.answer(taken, body) ?? { status: rejected > 0 && accepted === 0 ? 422 : 200, body: { accepted, rejected } };
  }

  async function* batches(): AsyncGenerator<SourceBatch> {
    const auth = await openAuth(options, splitAddress(options.listen).host, id, io.files);
    if (options.format === 'shippers') shippers = await import('./http/shippers/shipperBody.ts');
    inbox = await Inbox.open(context, options.maxBacklog);
    listener = new Listener(io.net, options, auth, accept, {
      route: shippers?.findShipperRoute,
      tls: await readTls(options, id, io.files),
    });
    const port = await listener.listen(id);
    hooks.listening?.(port);
    yield* inbox.batches();
  }
  return {
    batches: batches(),
    counts: () => inbox?.counts ?? {},
    release: async (position: Json) => inbox?.release(position),
    async close() {
      await listener?.close();
      await inbox?.close();
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
  readers: 'each',
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
