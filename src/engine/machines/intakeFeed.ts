import { join } from 'node:path';
import type { Arrival } from '../../arrival.ts';
import { thisProcess, type Io } from '../../io.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import { tickEvery } from '../../run/intake/feed.ts';
import { Intake } from '../../run/intake/intake.ts';
import { LiveClock } from '../../run/intake/liveClock.ts';
import { countRecords } from '../../run/intake/sourceRun.ts';
import type { SourceState } from '../../run/checkpoint/snapshot.ts';
import type { Feed, Given } from '../roles/sequencer.ts';
import { decodeArrivals, decodeState, encodeArrivals, encodeState } from './messages.ts';

/**
 * What travels in one message at most, where more than one batch of records is there. It is cut up for all partitions, and a
 * message costs the server and both its ends as much as some hundred records.
 */
const most = { records: 8_192, characters: 4 * 2 ** 20 };

/** Where the sources stand, and the clock by which their silence is counted, milliseconds. */
export interface SavedFeed {
  clock: number;
  sources: SourceState[];
}

export interface IntakeFeedOptions {
  io: Io;
  dataDir: string;
  signal: AbortSignal;
}

/** What comes in at the sources of a pipeline. */
export class IntakeFeed implements Feed {
  readonly #pipeline: Pipeline;
  readonly #options: IntakeFeedOptions;
  #clock!: LiveClock;
  #intake!: Intake;

  constructor(pipeline: Pipeline, options: IntakeFeedOptions) {
    this.#pipeline = pipeline;
    this.#options = options;
  }

  /** The sources, to look at. */
  get intake(): Intake {
    return this.#intake;
  }

  /** What they gave here; nothing before they are open. */
  get reports(): ReturnType<Intake['reports']> {
    return (this.#intake as Intake | undefined)?.reports() ?? [];
  }

  load(state: Uint8Array | null): void {
    const { io, dataDir, signal } = this.#options;
    const { clock, sources } = state ? decodeState<SavedFeed>(state) : { clock: 0, sources: [] };
    this.#clock = new LiveClock(io, 2 * tickEvery);
    this.#clock.restore(clock);
    const stateDir = join(dataDir, 'state', this.#pipeline.name);
    const sortFolder = join(stateDir, 'sorting', String(thisProcess.pid));
    this.#intake = new Intake(this.#pipeline, sources, { io, dataDir, stateDir, signal, clock: this.#clock, sortFolder, journal: null });
  }

  replay(content: Uint8Array): void {
    for (const written of decodeArrivals(content)) {
      const arrival = this.#intake.takeAgain(written);
      if (arrival) this.#pass(arrival);
    }
  }

  async *messages(): AsyncGenerator<Given> {
    const intake = this.#intake;
    let [waiting, records, characters]: [Arrival[], number, number] = [[], 0, 0];
    let flag: Given['flag'] = '';
    const take = (): Given => {
      const content = encodeArrivals(waiting);
      [waiting, records, characters] = [[], 0, 0];
      return { content, flag };
    };
    for await (const arrival of intake.arrivals()) {
      // Behind the first that is given again all is: there is no way back into the midst of what was worked on.
      if (flag === '' && !intake.live && intake.isProvisional(arrival)) {
        if (waiting.length > 0) yield take();
        flag = 'provisional';
      }
      this.#pass(arrival);
      waiting.push(arrival);
      records += arrival.records.length;
      characters += countCharacters(arrival);
      if (intake.live || records >= most.records || characters >= most.characters) yield take();
    }
    if (waiting.length > 0) yield take();
    if (this.#options.signal.aborted) return;
    flag = 'provisional';
    for (const arrival of intake.held()) {
      this.#pass(arrival);
      waiting.push(arrival);
    }
    if (waiting.length > 0) yield take();
    yield { content: new Uint8Array(0), flag: 'end' };
  }

  save(): Uint8Array {
    return encodeState({ clock: this.#clock.at, sources: this.#intake.states } satisfies SavedFeed);
  }

  async commit(): Promise<void> {
    const { states } = this.#intake;
    await this.#intake.commit(states);
    await this.#intake.release(states, null);
  }

  close(): Promise<void> {
    return this.#intake.close();
  }

  #pass(arrival: Arrival): void {
    if (arrival.source !== null) countRecords(this.#intake.of(arrival.source), arrival.records);
    this.#intake.passed(arrival);
  }
}

/** Characters of the texts of an arrival's records. */
function countCharacters({ records }: Arrival): number {
  let characters = 0;
  for (const record of records) if (record.kind === 'event') characters += record.event.text.length;
  return characters;
}
