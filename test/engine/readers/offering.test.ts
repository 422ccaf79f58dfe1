import { expect } from 'chai';
import type { Json } from '../../../src/event.ts';
import { decodeState, encodeState } from '../../../src/engine/machines/messages.ts';
import { decodeEnvelope } from '../../../src/engine/envelope.ts';
import { offeredSource } from '../../../src/engine/readers/offeredSource.ts';
import { offeredSubject } from '../../../src/engine/readers/offered.ts';
import { runReader, type ReaderFeed } from '../../../src/engine/readers/runReader.ts';
import type { Feed, Given } from '../../../src/engine/roles/sequencer.ts';
import { runSequencer } from '../../../src/engine/roles/sequencer.ts';
import type { Role } from '../../../src/engine/roles/role.ts';
import { Superseded, type Transport } from '../../../src/engine/transport.ts';
import type { OpenSource, SourceBatch } from '../../../src/sources/source.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';
import { randomFrom } from '../../support/engine/randomFrom.ts';
import { eventAt } from '../../support/fakes.ts';
import { pushSource } from '../../support/pushSource.ts';
import { testIo } from '../../support/testIo.ts';

const schedules = Number(process.env['ENGINE_SCHEDULES'] ?? 200);
const io = { ...testIo(), sleep: () => new Promise<void>((resolve) => void setImmediate(resolve)) };

/** A source that gives so many records, some at a time, and stands still behind them. */
function countingFeed(reader: string, most: number, size: () => number, signal: AbortSignal): ReaderFeed {
  return {
    async *batches(from: Json): AsyncGenerator<SourceBatch> {
      for (let position = Number(from ?? 0); position < most;) {
        const end = Math.min(most, position + size());
        const records = Array.from({ length: end - position }, (_, i) => eventAt(0, `${reader} ${position + i}`));
        position = end;
        yield { records, position };
      }
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    },
    commit: async () => undefined,
  };
}

/** All that was offered, as who gives it its number has it: a message a batch. */
class OfferedFeed implements Feed {
  readonly #transport: Transport;
  readonly #signal: AbortSignal;
  #position: Json = null;
  #open!: OpenSource;

  constructor(transport: Transport, signal: AbortSignal) {
    this.#transport = transport;
    this.#signal = signal;
  }

  load(state: Uint8Array | null): void {
    this.#position = state && decodeState<Json>(state);
  }

  replay(content: Uint8Array): void {
    this.#position = decodeState<{ position: Json }>(content).position;
  }

  async *messages(): AsyncGenerator<Given> {
    const node = { id: 's', source: pushSource().source, options: {} };
    const context = { io, id: 's', from: this.#position, signal: this.#signal };
    this.#open = offeredSource(node, this.#transport, null).source.spec.open({}, context);
    for await (const { records, position } of this.#open.batches) {
      this.#position = position;
      const texts = records.map((record) => (record.kind === 'event' ? record.event.text : record.kind));
      yield { content: encodeState({ texts, position }), flag: '' };
    }
  }

  save(): Uint8Array {
    return encodeState(this.#position);
  }

  async commit(): Promise<void> {
    await this.#open.commit!(this.#position);
  }
}

interface Process {
  id: string;
  work: string;
  stop: AbortController;
  until: number;
}

/** Readers and sequencers come, die between any two calls, stand still and go on, several for one piece of work. */
class Offering {
  readonly engine = new MemoryEngine({ step: true });
  readonly #random: (most: number) => number;
  readonly #readers: Map<string, number>;
  #processes: Process[] = [];
  #started = 0;
  readonly #failures: unknown[] = [];
  deaths = 0;
  superseded = 0;
  steps = 0;

  constructor(seed: number) {
    this.#random = randomFrom(seed);
    this.#readers = new Map([...'ab'].map((reader) => [reader, 1 + this.#random(40)]));
  }

  /** Texts of the arrivals, in their order; none is forgotten, since nobody works on them. */
  get texts(): string[] {
    return this.engine.of('arrivals').flatMap(({ body }) => {
      const { content } = decodeEnvelope(body);
      return decodeState<{ texts: string[] }>(content).texts;
    });
  }

  async run(): Promise<void> {
    let faults = 2 + this.#random(10);
    const all = [...this.#readers.values()].reduce((sum, many) => sum + many, 0);
    for (; this.steps < 20_000; this.steps += 1) {
      if (faults === 0 && this.texts.length >= all) break;
      for (const work of ['sequencer', ...this.#readers.keys()])
        if (!this.#processes.some((one) => one.work === work && one.until <= this.steps)) this.#start(work);
      if (faults > 0 && this.#random(12) === 0) {
        faults -= 1;
        this.#disturb();
      }
      await this.#step();
      if (this.#failures.length > 0) throw this.#failures[0];
    }
    for (const { stop } of this.#processes) stop.abort();
  }

  #disturb(): void {
    const one = this.#processes[this.#random(this.#processes.length)]!;
    const kind = this.#random(4);
    if (kind === 0) this.#start(['sequencer', ...this.#readers.keys()][this.#random(3)]!);
    else if (kind === 1) {
      this.deaths += 1;
      this.#processes = this.#processes.filter((other) => other !== one);
      this.engine.pending = this.engine.pending.filter(({ process }) => process !== one.id);
    } else if (kind === 2) one.stop.abort();
    else one.until = this.steps + this.#random(200);
  }

  async #step(): Promise<void> {
    const paused = new Set(this.#processes.filter(({ until }) => until > this.steps).map(({ id }) => id));
    const ready = this.engine.pending.filter(({ process, isReady }) => !paused.has(process) && isReady());
    const chosen = ready[this.#random(Math.max(1, ready.length))];
    if (chosen) {
      this.engine.pending.splice(this.engine.pending.indexOf(chosen), 1);
      chosen.go();
    }
    await new Promise((resolve) => void setImmediate(resolve));
  }

  #start(work: string): void {
    const id = `${work}-${(this.#started += 1)}`;
    const stop = new AbortController();
    this.#processes.push({ id, work, stop, until: 0 });
    const role: Role = {
      transport: this.engine.transport(id),
      maker: { id, made: 'toys', now: () => 0 },
      signal: stop.signal,
      due: () => this.#random(3) === 0,
      ahead: { messages: 1_000, bytes: 2 ** 20 },
    };
    const pause = () => io.sleep();
    const size = () => 1 + this.#random(3);
    const done =
      work === 'sequencer'
        ? runSequencer(new OfferedFeed(role.transport, stop.signal), { ...role, pause })
        : runReader(countingFeed(work, this.#readers.get(work)!, size, stop.signal), {
            ...{ ...role, ahead: { messages: 20, bytes: 2 ** 20 } },
            ...{ source: 's', reader: work, pause },
          });
    const gone = () => void (this.#processes = this.#processes.filter((one) => one.id !== id));
    done.then(gone, (error: unknown) => {
      gone();
      if (error instanceof Superseded) this.superseded += 1;
      else this.#failures.push(error);
    });
  }

  /** What each reader was given, in the order in which it got its numbers. */
  get byReader(): string[][] {
    const { texts } = this;
    return [...this.#readers.keys()].map((reader) => texts.filter((text) => text.startsWith(reader)));
  }

  get expected(): string[][] {
    return [...this.#readers].map(([reader, many]) => Array.from({ length: many }, (_, i) => `${reader} ${i}`));
  }
}

describe('what several readers of a source offer', function () {
  this.timeout(Math.max(600_000, schedules * 1_000));

  it('gets its number once, in the order of each reader, whatever dies or stands still between any two calls', async () => {
    let [deaths, superseded, forgotten] = [0, 0, 0];
    const first = Number(process.env['ENGINE_SEED'] ?? 1);
    for (let seed = first; seed < first + schedules; seed += 1) {
      const offering = new Offering(seed);
      await offering.run().catch((error: unknown) => {
        throw new Error(`seed ${seed}, step ${offering.steps}`, { cause: error });
      });
      expect(offering.byReader, `seed ${seed}`).to.deep.equal(offering.expected);
      deaths += offering.deaths;
      superseded += offering.superseded;
      forgotten += decodeEnvelope(offering.engine.of(offeredSubject('s', 'a'))[0]!.body).envelope.prev > 0 ? 1 : 0;
    }
    // The schedules are of use only where things happen in them.
    expect(deaths).to.be.greaterThan(schedules / 2);
    expect(superseded).to.be.greaterThan(schedules / 10);
    expect(forgotten).to.be.greaterThan(schedules / 20);
  });
});
