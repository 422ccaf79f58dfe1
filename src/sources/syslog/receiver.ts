import { recordLine } from '../../base/recordText.ts';
import { evictOldest } from '../../base/evictOldest.ts';
import type { Io } from '../../io.ts';
import { matchNetworks } from '../../io/matchNetworks.ts';
import type { Connection, SocketServer, StreamOptions } from '../../io/sockets.ts';
import type { Signal } from '../../signal.ts';
import type { Journal } from '../../store/journal.ts';
import { shortHash } from '../shortHash.ts';
import { signalMaker } from '../toSignals.ts';
import { Framing, type Frame } from './framing.ts';
import { countKernelDrops } from './kernelDrops.ts';
import { MessageReader } from './messageReader.ts';
import type { SyslogOptions } from './options.ts';

/** Senders over UDP whose way of writing stamps is remembered. */
const rememberedSenders = 1_000;
/** How long a stop waits for what senders had sent before they knew, milliseconds. */
const drainTime = 2_000;
/** How often the kernel is asked what it dropped, milliseconds. */
const dropsEvery = 10_000;

export interface ReceiverContext {
  io: Io;
  id: string;
  journal: Journal;
  redact(record: Signal): Signal;
  /** Something that cannot be mended, such as a journal that cannot be written. */
  failed(error: unknown): void;
}

/** Takes messages over UDP and TCP, and has what it takes in the journal before it reads on. */
export class Receiver {
  readonly #options: SyslogOptions;
  readonly #context: ReceiverContext;
  readonly #mayUse: (peer: string) => boolean;
  readonly #make: (item: Parameters<ReturnType<typeof signalMaker>>[0]) => Signal[];
  readonly #prefix: string;
  readonly #servers: SocketServer[] = [];
  readonly #connections = new Map<Connection, Promise<void>>();
  readonly #senders = new Map<string, MessageReader>();
  #datagrams: string[] = [];
  #writing: Promise<void> | null = null;
  #received = 0;
  /** Datagrams that came while too much was waiting, and those of strangers; what the kernel dropped, and had when asked last. */
  #dropped = 0;
  #strangers = 0;
  #kernelDrops = 0;
  #stopTimer = () => {};

  constructor(options: SyslogOptions, context: ReceiverContext) {
    this.#options = options;
    this.#context = context;
    this.#mayUse = options.allow.length === 0 ? () => true : matchNetworks(options.allow);
    this.#make = signalMaker({ source: context.id });
    this.#prefix = `syslog-${shortHash([context.id], 8)}-${context.journal.epoch.toString(36)}`;
  }

  /** Listens; resolves with the ports. Rejects with the system's error when one cannot be had. */
  async listen(host: string, port: number, tls: StreamOptions['tls']): Promise<{ udp?: number; tcp?: number }> {
    const { protocols, receiveBuffer, maxConnections } = this.#options;
    const { net } = this.#context.io;
    const ports: { udp?: number; tcp?: number } = {};
    if (protocols.includes('tcp')) {
      const refused = (reason: string, peer: string) => this.#note(`a connection of ${peer} was refused: ${reason}`);
      const server = await net.listenStream({ host, port, maxConnections, refused, ...(tls && { tls }) }, (one) => this.#connected(one));
      this.#servers.push(server);
      ports.tcp = server.port;
    }
    if (protocols.includes('udp') && !tls) {
      const server = await net.listenDatagram({ host, port, receiveBuffer }, (bytes, peer) => this.#datagram(bytes, peer));
      this.#servers.push(server);
      ports.udp = server.port;
      this.#stopTimer = this.#context.io.every(dropsEvery, () => void this.reportDrops(server.port));
    }
    return ports;
  }

  /** What was dropped since the last time is a rejected record: nothing is lost uncounted. */
  async reportDrops(port: number): Promise<void> {
    const drops = (await countKernelDrops(this.#context.io.files, port)) ?? this.#kernelDrops;
    const lost = drops - this.#kernelDrops;
    this.#kernelDrops = drops;
    if (lost > 0) this.#note(`the kernel dropped ${lost} datagrams: its receive buffer was full (receive_buffer, net.core.rmem_max)`);
    if (this.#dropped > 0) this.#note(`${this.#dropped} datagrams were dropped: too much was waiting (max_backlog)`);
    if (this.#strangers > 0) this.#note(`${this.#strangers} messages came from addresses that may not send (allow)`);
    this.#dropped = 0;
    this.#strangers = 0;
  }

  /**
   * Takes nothing new, and what senders have sent already: each gets the end of the connection, and read until it has
   * ended it too, or has been quiet for 2 s.
   */
  async close(): Promise<void> {
    this.#stopTimer();
    const closed = this.#servers.splice(0).map((server) => server.close());
    for (const connection of this.#connections.keys()) connection.end();
    const late = new AbortController();
    const cut = this.#context.io.sleep(drainTime, late.signal).then(
      () => [...this.#connections.keys()].forEach((connection) => connection.cut()),
      () => undefined,
    );
    await Promise.all(this.#connections.values());
    late.abort();
    await cut;
    await Promise.all(closed);
    await this.#writing;
  }

  #connected(connection: Connection): void {
    if (!this.#mayUse(connection.peer)) {
      this.#strangers += 1;
      connection.cut();
      return;
    }
    this.#connections.set(
      connection,
      this.#read(connection).finally(() => this.#connections.delete(connection)),
    );
  }

  /** Reads a connection to its end. No more is read before what came is in the journal: the sender has to wait. */
  async #read(connection: Connection): Promise<void> {
    const framing = new Framing(this.#options.maxMessage);
    const reader = new MessageReader();
    const take = (frames: readonly Frame[]) =>
      this.#append(frames.flatMap((frame) => this.#records(reader, frame, connection.peer)).join(''));
    try {
      for await (const chunk of connection.chunks) {
        await take(framing.push(chunk));
        await this.#room();
      }
    } catch {
      // A connection that breaks ends like one that is closed: what came is kept.
    }
    await take(framing.end());
    connection.end();
  }

  async #room(): Promise<void> {
    const { journal, io } = this.#context;
    while (journal.backlog > this.#options.maxBacklog) await io.sleep(100);
  }

  #datagram(bytes: Uint8Array, peer: string): void {
    if (!this.#mayUse(peer)) this.#strangers += 1;
    else if (this.#context.journal.backlog > this.#options.maxBacklog) this.#dropped += 1;
    else {
      let reader = this.#senders.get(peer);
      if (reader === undefined) {
        this.#senders.set(peer, (reader = new MessageReader()));
        evictOldest(this.#senders, rememberedSenders);
      }
      this.#datagrams.push(...this.#records(reader, { kind: 'message', bytes: Buffer.from(bytes) }, peer));
      this.#writing ??= this.#write();
    }
  }

  /** Datagrams that came while the last ones were written are written together. */
  async #write(): Promise<void> {
    while (this.#datagrams.length > 0) {
      const lines = this.#datagrams;
      this.#datagrams = [];
      await this.#append(lines.join(''));
    }
    this.#writing = null;
  }

  async #append(lines: string): Promise<void> {
    if (lines === '') return;
    await this.#context.journal.append(lines).catch((error: unknown) => this.#context.failed(error));
  }

  #records(reader: MessageReader, frame: Frame, peer: string): string[] {
    const { io, redact } = this.#context;
    const items = reader.read(frame, io.now(), peer);
    for (const item of items) {
      this.#received += 1;
      if (item.kind === 'refusal') continue;
      // Two equal messages are two: they are named by the order in which they came.
      const id = `${this.#prefix}-${this.#received.toString(36).padStart(8, '0')}`;
      if (item.event) item.event.id = id;
      else item.id = id;
    }
    return this.#make(items).map((record) => recordLine(redact(record)));
  }

  #note(reason: string): void {
    const rejected = { source: this.#context.id, reason, place: {}, original: '' };
    void this.#append(recordLine({ kind: 'rejected', time: this.#context.io.now(), key: '', rejected } satisfies Signal));
  }
}
