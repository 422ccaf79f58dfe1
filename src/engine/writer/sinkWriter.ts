import type { Io } from '../../io.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import { readContacts } from '../../pipeline/contacts.ts';
import { Delivery } from '../../run/delivery/delivery.ts';
import { InFlight } from '../../run/inFlight.ts';
import type { RunReport } from '../../run/report.ts';
import { decodeLeaving, decodeState, encodeState } from '../machines/messages.ts';
import { readLog, type Numbered } from '../readLog.ts';
import { deskSubject, type Role } from '../roles/role.ts';
import type { Transport } from '../transport.ts';
import type { OutputFolder } from './outputFolder.ts';
import type { RunRecords } from './runRecords.ts';

const writtenSubject = 'written';
const placeSubject = 'place';

/** How far what leaves the desk is written for good. */
export interface WrittenPlace {
  /** Number of the last message that is. */
  n: number;
  /** When that was saved, milliseconds since 1970. */
  at: number;
}

/** What the writer said of itself last; null before it has. */
export async function readPlace(transport: Transport): Promise<WrittenPlace | null> {
  const last = await transport.last(placeSubject);
  return last && decodeState<WrittenPlace>(last.body);
}

/** Number of the end of the input that was written last; 0 for none. */
export async function readWritten(transport: Transport): Promise<number> {
  const last = await transport.last(writtenSubject);
  return last ? decodeState<{ n: number }>(last.body).n : 0;
}

export interface SinkWriterOptions {
  io: Io;
  dataDir: string;
  /** A live source is among the sources. */
  live: boolean;
  /** Asked before what was written counts: rejects when the folder is another process's now. */
  confirm(): Promise<void>;
  /** What is kept beside the output; it is open. */
  records: RunRecords;
}

/**
 * Writes what leaves the desk into the sinks of a pipeline, and keeps beside them how far they have come. What counts only for
 * the time being is written, and taken back where the input has grown.
 */
export class SinkWriter {
  readonly #pipeline: Pipeline;
  readonly #folder: OutputFolder;
  readonly #options: SinkWriterOptions;
  readonly #inFlight: InFlight;
  #delivery!: Delivery;
  /** Newest event time, milliseconds. */
  #newest: number | null = null;
  /** Number of the end that this one has written last; null before one. */
  #written: number | null = null;
  #isRunning = false;
  /** Something was written that counts only for the time being. */
  #isProvisional = false;
  constructor(pipeline: Pipeline, folder: OutputFolder, options: SinkWriterOptions) {
    this.#pipeline = pipeline;
    this.#folder = folder;
    this.#options = options;
    this.#inFlight = new InFlight(() => options.io.monotonic());
  }

  get reports(): RunReport['sinks'] {
    return this.#delivery?.reports() ?? [];
  }

  /** It is at work, and has not written that end yet: another may have. */
  owes(n: number): boolean {
    return this.#isRunning && this.#written !== n;
  }

  /** Writes until the signal aborts. */
  async run(role: Role): Promise<void> {
    this.#isRunning = true;
    await this.#run(role).finally(() => (this.#isRunning = false));
  }

  async #run({ transport, signal, due }: Role): Promise<void> {
    if (!signal.aborted) await this.#retract(transport);
    if (signal.aborted) return;
    await this.#open();
    let unsaved: Numbered | null = null;
    const save = async () => {
      const last = unsaved;
      unsaved = null;
      if (!last) return;
      await this.#save(last.n);
      await this.#announce(placeSubject, { n: last.n, at: this.#options.io.now() }, transport);
      await transport.purge(deskSubject, last.seq);
    };
    try {
      // A sink that goes on behind what it finds must know, after a crash, what it found.
      if (this.#folder.isNew) await this.#save(0);
      for await (const message of readLog(transport, deskSubject, this.#folder.place.n, signal)) {
        const { flag, content } = message;
        if (flag === 'void' && this.#isProvisional) await this.#takeBack();
        if ((flag === 'provisional' || flag === 'end') && !this.#isProvisional) {
          await save();
          this.#isProvisional = true;
        }
        if (flag === 'end') await this.#options.records.end(message.n);
        await this.#write(content);
        if (!this.#isProvisional) unsaved = message;
        // All that was ever given by this file is written.
        if (flag === 'revise') break;
        if (flag === 'end') await this.#end(message.n, transport);
        if (due(content.length)) await save();
      }
      await save();
      await this.#options.confirm();
      await this.#options.records.keep();
    } finally {
      await this.#delivery.close();
    }
  }

  async #open(): Promise<void> {
    const { io, dataDir, live, records } = this.#options;
    const { sinks } = this.#folder.place;
    const delivery = new Delivery(this.#pipeline, this.#inFlight);
    this.#delivery = delivery;
    const standing = () => ({ live, newest: this.#newest, troubles: delivery.troubles() });
    const contacts = await readContacts(this.#pipeline, io);
    await delivery.open({ io, dataDir, standing, contacts, decided: records.decided }, sinks);
  }

  /** What is behind the place of the folder is written anew: until it is, nobody may take it for written, and end. */
  async #retract(transport: Transport): Promise<void> {
    if ((await readWritten(transport)) > this.#folder.place.n) await this.#announce(writtenSubject, { n: 0 }, transport);
  }

  async #write(content: Uint8Array): Promise<void> {
    if (content.length === 0) return;
    const leaving = decodeLeaving(content);
    const { newest, sinks } = leaving;
    this.#newest = newest;
    this.#options.records.take(leaving);
    this.#delivery.take(sinks.map((signals) => ({ signals: [...signals], filtered: 0 })));
    await this.#delivery.deliver();
  }

  /** All is written: whoever runs the pipeline may end. */
  async #end(n: number, transport: Transport): Promise<void> {
    await this.#options.confirm();
    await this.#delivery.flush();
    await this.#options.records.keep();
    await this.#announce(writtenSubject, { n }, transport);
    this.#written = n;
  }

  /** Says something in place of what was said before. */
  async #announce(subject: string, word: unknown, transport: Transport): Promise<void> {
    const seq = await transport.append(subject, encodeState(word), null);
    await transport.purge(subject, seq - 1);
  }

  /** What counted only for the time being is not there any more. */
  async #takeBack(): Promise<void> {
    await this.#delivery.close();
    await this.#options.records.open(this.#folder.place.decisions);
    await this.#open();
    this.#isProvisional = false;
  }

  async #save(n: number): Promise<void> {
    await this.#options.confirm();
    await this.#delivery.flush();
    const decisions = await this.#options.records.place();
    await this.#folder.save({ n, sinks: this.#delivery.positions(), decisions });
  }
}
