// One file, because a schedule draws all that happens from one seed.
import { expect } from 'chai';
import { decodeEnvelope } from '../../../src/engine/envelope.ts';
import { decodeState, encodeState } from '../../../src/engine/machines/messages.ts';
import { askForRevision, beginRevision, readRevision, type Revision, type Work } from '../../../src/engine/revision/revision.ts';
import { scopeTransport } from '../../../src/engine/revision/scopeTransport.ts';
import { takeOver } from '../../../src/engine/revision/takeOver.ts';
import { runDesk } from '../../../src/engine/roles/desk.ts';
import { runPartition } from '../../../src/engine/roles/partition.ts';
import { deskSubject, type Role } from '../../../src/engine/roles/role.ts';
import { runSequencer } from '../../../src/engine/roles/sequencer.ts';
import { readLog } from '../../../src/engine/readLog.ts';
import { Superseded } from '../../../src/engine/transport.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';
import { randomFrom } from '../../support/engine/randomFrom.ts';
import { runAlone, splitWhole, ToyDesk, ToyFeed, ToyPartition, type Toy } from '../../support/engine/toyMachines.ts';

const schedules = Number(process.env['ENGINE_SCHEDULES'] ?? 120);

/** Two files: what each multiplies by, and how many parts it has. */
const files = [
  { made: 'a', factor: 31, partitions: 2 },
  { made: 'b', factor: 37, partitions: 3 },
] as const;

interface Process {
  id: string;
  kind: string;
  stop: AbortController;
  until: number;
}

/**
 * Runs one schedule in which another file takes over at some moment: processes of both files come, die between any two calls,
 * stand still and go on, several for one piece of work.
 */
class Schedule {
  readonly engine = new MemoryEngine({ step: true });
  readonly #random: (most: number) => number;
  readonly #records: readonly Toy[];
  readonly #unfinished: number;
  #processes: Process[] = [];
  #started = 0;
  #failures: unknown[] = [];
  #isAsked = false;
  #askAt: number;
  /** What the first file gave, as one who writes it has it. */
  #first = '';
  #place = { number: 1, n: 0 };
  /** Of the revision that is closed, the records that were given. */
  switched = -1;
  steps = 0;
  deaths = 0;
  superseded = 0;

  constructor(seed: number) {
    this.#random = randomFrom(seed);
    this.#records = Array.from({ length: 1 + this.#random(10) }, () => [this.#random(4), this.#random(100)]);
    this.#unfinished = this.#random(Math.min(3, this.#records.length + 1));
    this.#askAt = this.#random(300);
  }

  /** What one process writes that has changed its file behind that many records. */
  get expected(): string {
    const [a, b] = files;
    return runAlone(this.#records, this.#unfinished, [a.factor, b.factor], this.switched);
  }

  async run(): Promise<string> {
    let faults = 2 + this.#random(8);
    for (; this.steps < 30_000; this.steps += 1) {
      if (!this.#isAsked && this.steps >= this.#askAt) this.#ask();
      const result = this.#readResult();
      if (result !== null && faults === 0) return result;
      if (result !== null) faults -= 1;
      for (const kind of this.#listKinds())
        if (!this.#processes.some((one) => one.kind === kind && one.until <= this.steps)) this.#start(kind);
      if (faults > 0 && this.#random(12) === 0) {
        faults -= 1;
        this.#disturb();
      }
      await this.#step();
      if (this.#failures.length > 0) throw this.#failures[0];
    }
    throw new Error('it came to no end');
  }

  #ask(): void {
    this.#isAsked = true;
    this.#processes.push({ id: 'ask', kind: 'ask', stop: new AbortController(), until: 0 });
    const [, { made, partitions }] = files;
    const next = { made, partitions, release: '1', at: 0, by: 'ask', acceptChanges: false };
    const ask = async (): Promise<void> => {
      while ((await askForRevision(this.engine.transport('ask'), next)) === null);
    };
    ask().catch((error: unknown) => this.#failures.push(error));
  }

  /** What there is to do by now. */
  #listKinds(): string[] {
    const isTaken = this.engine.of('r2.ckpt.desk.head').length > 0 && this.#readNumber() === 2;
    const { made, partitions } = files[isTaken ? 1 : 0];
    const newest = readNewest(this.engine, isTaken ? 'r2.arrivals' : 'arrivals');
    const isGiven = newest?.flag === 'end' && (isTaken || !this.#isAsked);
    const works = ['desk', 'writer', ...(isGiven ? [] : ['sequencer']), ...Array.from({ length: partitions }, (_, p) => `p${p}`)];
    return [...works.map((work) => `${made}.${work}`), ...(this.#isAsked && !isTaken ? ['b.takeover'] : [])];
  }

  #readNumber(): number {
    const newest = this.engine.of('revision').at(-1);
    return newest ? decodeState<Revision>(newest.body).number : 0;
  }

  #disturb(): void {
    const kinds = this.#listKinds().concat('a.desk', 'b.desk', 'a.sequencer', 'b.takeover', 'a.p1', 'b.p1');
    const one = this.#processes[this.#random(this.#processes.length)];
    const kind = this.#random(4);
    if (kind === 0) this.#start(kinds[this.#random(kinds.length)]!);
    else if (!one || one.kind === 'ask') return;
    else if (kind === 1) this.#end(one.id);
    else if (kind === 2) one.stop.abort();
    else one.until = this.steps + this.#random(200);
  }

  #end(id: string): void {
    this.deaths += 1;
    this.#gone(id);
    this.engine.pending = this.engine.pending.filter(({ process }) => process !== id);
  }

  #gone(id: string): void {
    this.#processes = this.#processes.filter((one) => one.id !== id);
  }

  async #step(): Promise<void> {
    const paused = new Set(this.#processes.filter(({ until }) => until > this.steps).map(({ id }) => id));
    const ready = this.engine.pending.filter(({ process, isReady }) => !paused.has(process) && isReady());
    const chosen = ready[this.#random(Math.max(1, ready.length))];
    if (chosen) {
      this.engine.pending.splice(this.engine.pending.indexOf(chosen), 1);
      chosen.go();
    }
    await new Promise((resolve) => setImmediate(resolve));
  }

  #start(kind: string): void {
    const id = `${kind}-${(this.#started += 1)}`;
    const stop = new AbortController();
    this.#processes.push({ id, kind, stop, until: 0 });
    this.#work(kind, id, stop.signal).then(
      () => this.#gone(id),
      (error: unknown) => {
        this.#gone(id);
        if (error instanceof Superseded) this.superseded += 1;
        else this.#failures.push(error);
      },
    );
  }

  async #work(kind: string, id: string, signal: AbortSignal): Promise<void> {
    const [made, work] = kind.split('.') as [string, string];
    const file = files.find((one) => one.made === made)!;
    const engine = this.engine.transport(id);
    if (work === 'takeover') return this.#takeOver(engine, id);
    const known = await readRevision(engine);
    // As a process that has another file, or was begun before any: it waits.
    if (known === null && made === 'a' && work === 'sequencer') return begin(engine, file, id);
    if (known?.revision.made !== made) return;
    const { number, next } = known.revision;
    const role: Role = {
      transport: scopeTransport(engine, number),
      ...{ maker: { id, made, now: () => 0 }, signal, due: () => this.#random(2) === 0, ahead: { messages: 4, bytes: 2 ** 20 } },
    };
    if (work === 'writer') return this.#write(role, number);
    if (work === 'desk') return runDesk(new ToyDesk(file.partitions, file.factor), file.partitions, role);
    const part = Number(work.slice(1));
    if (work !== 'sequencer') return part < file.partitions ? runPartition(part, new ToyPartition(file.factor), role) : undefined;
    const revise = new AbortController();
    if (next) revise.abort();
    const feed = new ToyFeed(
      this.#records,
      this.#unfinished,
      () => {
        // It hears of it somewhere in the midst of what it reads.
        if (this.#isAsked && made === 'a' && this.#random(3) === 0) revise.abort();
        return 1 + this.#random(3);
      },
      revise.signal,
    );
    await runSequencer(feed, { ...role, pause: async () => undefined, revise: revise.signal });
  }

  async #takeOver(engine: ReturnType<MemoryEngine['transport']>, id: string): Promise<void> {
    const [, { made, partitions }] = files;
    const own: Work = { made, partitions, release: '1', at: 0, by: id };
    await takeOver({
      ...{ transport: engine, own, now: () => 0 },
      convert: ({ whole, sequencer }) => ({ ...splitWhole(whole, partitions), sequencer, notes: [] }),
    });
  }

  /** The writer is not what is tried here: what it has written is beyond dying. */
  async #write({ transport, signal }: Role, number: number): Promise<void> {
    if (this.#place.number < number) this.#place = { number, n: 0 };
    for await (const { n, flag, content } of readLog(transport, deskSubject, this.#place.n, signal)) {
      if (this.#place.number !== number || n <= this.#place.n) continue;
      if (flag === 'provisional' || flag === 'end' || flag === 'void') continue;
      this.#place.n = n;
      if (number === 1) this.#first += Buffer.from(content).toString();
      if (flag === 'revise') await transport.append('place', encodeState({ n, at: 0 }), null);
    }
  }

  /** null while there is something to be worked on. */
  #readResult(): string | null {
    const records = this.engine.of('r2.arrivals').map(({ body }) => decodeEnvelope(body).envelope);
    const newest = records.at(-1);
    const desk = this.engine.of('r2.desk').map(({ body }) => decodeEnvelope(body));
    if (newest?.flag !== 'end' || desk.at(-1)?.envelope.n !== newest.n) return null;
    let [good, pending] = ['', ''];
    for (const { envelope, content } of desk) {
      if (envelope.flag === 'void') pending = '';
      else if (envelope.flag === '') good += Buffer.from(content).toString();
      else pending += Buffer.from(content).toString();
    }
    // What the first file gave was written before the second began; what the second gives is read from its log.
    this.switched = this.#first.split('\n').length - 1;
    return this.#first + good + pending;
  }
}

const readNewest = (engine: MemoryEngine, subject: string) =>
  engine
    .of(subject)
    .map(({ body }) => decodeEnvelope(body).envelope)
    .at(-1);

async function begin(
  engine: ReturnType<MemoryEngine['transport']>,
  { made, partitions }: (typeof files)[number],
  by: string,
): Promise<void> {
  await beginRevision(engine, { made, partitions, release: '1', at: 0, by });
}

describe('another file that takes over on an engine', function () {
  this.timeout(600_000);

  it('goes on behind the last record of the one before, whatever dies, stands still or comes in between any two calls', async () => {
    let [deaths, superseded, midway] = [0, 0, 0];
    const first = Number(process.env['ENGINE_SEED'] ?? 1);
    for (let seed = first; seed < first + schedules; seed += 1) {
      const schedule = new Schedule(seed);
      const result = await schedule.run().catch((error: unknown) => {
        throw new Error(`seed ${seed}, step ${schedule.steps}`, { cause: error });
      });
      expect(result, `seed ${seed}`).to.equal(schedule.expected);
      deaths += schedule.deaths;
      superseded += schedule.superseded;
      midway += Number(schedule.switched > 0);
    }
    // The schedules are of use only where things happen in them.
    expect(deaths).to.be.greaterThan(schedules / 2);
    expect(superseded).to.be.greaterThan(schedules / 10);
    expect(midway).to.be.greaterThan(schedules / 5);
  });
});
