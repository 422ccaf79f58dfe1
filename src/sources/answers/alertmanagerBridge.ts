import { readStart } from '../../base/readStart.ts';
import { withTimeLimit } from '../../base/timeLimit.ts';
import { waited } from '../../base/waiting.ts';
import type { JsonObject } from '../../event.ts';
import type { Io } from '../../io.ts';
import type { Mark } from '../../signal.ts';
import { appendMark, readMarks } from '../../store/marks.ts';
import type { AnswersOptions } from './options.ts';
import { listOwnSilences, makeSilence, readSilences } from './silences.ts';

/** Longest wait for an answer, milliseconds; most that is read of one, bytes. */
const patience = 10_000;
const longestAnswer = 16 * 1024 * 1024;

interface Place {
  io: Io;
  dataDir: string;
  signal: AbortSignal;
}

/**
 * Carries silences between Alertmanager and the marks of a data folder. It remembers nothing of its own: what the marks
 * have, and what Alertmanager has from us, is read, so that a crash between two steps repeats none of them.
 */
export class AlertmanagerBridge {
  readonly #options: NonNullable<AnswersOptions['alertmanager']>;
  readonly #place: Place;
  /** Marks of the data folder, by id: the last word on each. */
  readonly #marks = new Map<string, Mark>();
  #position = 0;
  #trouble: string | null = null;

  constructor(options: NonNullable<AnswersOptions['alertmanager']>, place: Place) {
    this.#options = options;
    this.#place = place;
  }

  /** Until the run ends. What fails is tried again, and reported once. */
  async run(): Promise<void> {
    const { io, signal } = this.#place;
    do {
      try {
        await this.#exchange();
        if (this.#trouble !== null) await io.stderr.write('alertmanager: answers again\n');
        this.#trouble = null;
      } catch (error) {
        if (signal.aborted) return;
        const why = error instanceof Error ? error.message : String(error);
        if (why !== this.#trouble) await io.stderr.write(`alertmanager: silences cannot be exchanged: ${why}\n`);
        this.#trouble = why;
      }
    } while (await waited(io, this.#options.every, signal));
  }

  async #exchange(): Promise<void> {
    const { io, dataDir } = this.#place;
    const list = JSON.parse(await this.#call('GET')) as unknown;
    await this.#readMarks();
    for (const mark of readSilences(list)) {
      const known = this.#marks.get(mark.id);
      // One that is over and was never known is no news.
      if (known ? known.until === mark.until : Date.parse(mark.until!) <= io.now()) continue;
      await appendMark(io.files, dataDir, mark);
      this.#marks.set(mark.id, mark);
    }
    if (!this.#options.send) return;
    const there = listOwnSilences(list);
    for (const mark of this.#marks.values()) {
      const silence = there.has(mark.id) ? null : makeSilence(mark, io.now());
      if (silence) await this.#call('POST', silence);
    }
  }

  async #readMarks(): Promise<void> {
    const { io, dataDir } = this.#place;
    const { lines, position } = await readMarks(io.files, dataDir, this.#position);
    this.#position = position;
    for (const line of lines) if ('mark' in line && line.mark.type === 'silence') this.#marks.set(line.mark.id, line.mark);
    // What is over asks for nothing any more.
    for (const [id, { until, via }] of this.#marks)
      if (via !== 'alertmanager' && until !== undefined && Date.parse(until) <= io.now()) this.#marks.delete(id);
  }

  async #call(method: 'GET' | 'POST', body?: JsonObject): Promise<string> {
    const { io, signal } = this.#place;
    const url = `${this.#options.url.replace(/\/+$/, '')}/api/v2/silences`;
    const init = {
      method,
      headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }), ...this.#options.headers },
      redirect: 'manual' as const,
      ...(body && { body: JSON.stringify(body) }),
    };
    const { status, text } = await withTimeLimit(
      io,
      patience,
      async (limit) => {
        const response = await io.net.fetch(url, { ...init, signal: limit });
        return { status: response.status, text: await readStart(response, longestAnswer) };
      },
      signal,
    ).catch((cause: unknown) => {
      // The address may hold a secret: only its host is shown.
      throw new Error(`${new URL(url).host} cannot be reached`, { cause });
    });
    if (status < 200 || status >= 300) throw new Error(`${new URL(url).host}: HTTP ${status} to ${method}`);
    return text;
  }
}
