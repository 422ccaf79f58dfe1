import { expect } from 'chai';
import { decodeEnvelope } from '../../src/engine/envelope.ts';
import { loopBack } from '../../src/engine/loopback/loopBack.ts';
import { runDesk } from '../../src/engine/roles/desk.ts';
import { runPartition } from '../../src/engine/roles/partition.ts';
import { runSequencer } from '../../src/engine/roles/sequencer.ts';
import type { Role } from '../../src/engine/roles/role.ts';
import { Superseded, type Message, type Transport } from '../../src/engine/transport.ts';
import { MemoryEngine } from '../support/engine/memoryTransport.ts';
import { randomFrom } from '../support/engine/randomFrom.ts';
import { runAlone, ToyDesk, ToyFeed, ToyPartition, type Toy } from '../support/engine/toyMachines.ts';

const schedules = Number(process.env['ENGINE_SCHEDULES'] ?? 200);
const partitions = 2;
const works = ['sequencer', 'desk', ...Array.from({ length: partitions }, (_, p) => `p${p}`)];

const readEnvelope = (messages: readonly Message[]) => messages.map(({ body }) => decodeEnvelope(body).envelope).at(-1);

/** What a reader of the desk's log has in the end; null while there is something to be worked on. */
function readResult(engine: MemoryEngine): string | null {
  const newest = readEnvelope(engine.of('arrivals'));
  const isOver = newest?.flag === 'end' && newest.n === readEnvelope(engine.of('desk'))?.n;
  let [good, pending] = ['', ''];
  let last = 0;
  for (const { body } of engine.of('desk')) {
    const { envelope, content } = decodeEnvelope(body);
    expect(envelope.n).to.be.greaterThan(last);
    last = envelope.n;
    if (envelope.flag === 'void') pending = '';
    else if (envelope.flag === '') good += Buffer.from(content).toString();
    else pending += Buffer.from(content).toString();
  }
  return isOver ? good + pending : null;
}

interface Process {
  id: string;
  /** With what it has written itself, which it does not ask the engine for. */
  transport: Transport;
  /** It stands still until that step, however long its lease has lapsed. */
  until: number;
}

interface Job {
  id: string;
  work: string;
  process: Process;
  stop: AbortController;
}

/**
 * Runs one schedule: processes come, die between any two calls, stand still and go on, each with one piece of work or several,
 * and several for one piece of work.
 */
class Schedule {
  readonly engine = new MemoryEngine({ step: true });
  readonly #random: (most: number) => number;
  readonly #records: readonly Toy[];
  /** Records that the file has so far, and how many of the last are unfinished while it does. */
  #visible: number;
  #unfinished = 0;
  /** Records that were given for good, and how many the file had when it was read to its end. */
  #whole = 0;
  #given = -1;
  #processes: Process[] = [];
  #jobs: Job[] = [];
  readonly #mostProcesses: number;
  #started = 0;
  #failures: unknown[] = [];
  steps = 0;
  deaths = 0;
  superseded = 0;

  constructor(seed: number) {
    this.#random = randomFrom(seed);
    this.#records = Array.from({ length: 1 + this.#random(8) }, () => [this.#random(4), this.#random(100)]);
    this.#visible = this.#random(this.#records.length + 1);
    this.#mostProcesses = 1 + this.#random(works.length);
    this.#grow(0);
  }

  get expected(): string {
    return runAlone(this.#records, this.#unfinished);
  }

  #grow(by: number): void {
    this.#visible += by;
    this.#unfinished = this.#random(Math.min(3, this.#visible - this.#whole + 1));
    this.#whole = this.#visible - this.#unfinished;
  }

  async run(): Promise<string> {
    let faults = 2 + this.#random(8);
    for (; this.steps < 20_000; this.steps += 1) {
      const result = this.#given === this.#visible ? readResult(this.engine) : null;
      if (result !== null && faults === 0 && this.#visible === this.#records.length) return result;
      // All is done: the file grows, or there are faults to come.
      if (result !== null && faults > 0 && this.#random(3) > 0) faults -= 1;
      else if (result !== null && this.#visible < this.#records.length) {
        // Nobody looks at the file as it was.
        for (const { process } of this.#jobs.filter(({ work }) => work === 'sequencer')) this.#end(process);
        this.#grow(1 + this.#random(this.#records.length - this.#visible));
      }
      const isIdle = (work: string) => !this.#jobs.some((job) => job.work === work && job.process.until <= this.steps);
      for (const work of works) if (isIdle(work) && (work !== 'sequencer' || this.#given !== this.#visible)) this.#start(work);
      if (faults > 0 && this.#random(12) === 0) {
        faults -= 1;
        this.#disturb();
      }
      await this.#step();
      if (this.#failures.length > 0) throw this.#failures[0];
    }
    throw new Error('it came to no end');
  }

  #disturb(): void {
    const one = this.#jobs[this.#random(this.#jobs.length)];
    const kind = this.#random(4);
    if (kind === 0) this.#start(works[this.#random(works.length)]!);
    else if (one && kind === 1) this.#end(one.process);
    else if (one && kind === 2) one.stop.abort();
    else if (one) one.process.until = this.steps + this.#random(200);
  }

  /** It does nothing more: what it asked for last is never answered. */
  #end(process: Process): void {
    this.deaths += 1;
    for (const job of this.#jobs.filter((one) => one.process === process)) this.#gone(job.id);
    this.#processes = this.#processes.filter((one) => one !== process);
    this.engine.pending = this.engine.pending.filter((pending) => pending.process !== process.id);
  }

  async #step(): Promise<void> {
    const paused = new Set(this.#processes.filter(({ until }) => until > this.steps).map(({ id }) => id));
    const ready = this.engine.pending.filter(({ process, isReady }) => !paused.has(process) && isReady());
    const chosen = ready[this.#random(Math.max(1, ready.length))];
    if (chosen) {
      this.engine.pending.splice(this.engine.pending.indexOf(chosen), 1);
      chosen.go();
    }
    // All that follows from it is done before the next step.
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** A process that is there, or one more. */
  #choose(): Process {
    const standing = this.#processes.filter(({ until }) => until <= this.steps);
    if (standing.length >= this.#mostProcesses) return standing[this.#random(standing.length)]!;
    const id = `process-${(this.#started += 1)}`;
    const io = {
      sleep: () => new Promise<void>((go) => void this.engine.pending.push({ process: id, isReady: () => true, go })),
      monotonic: () => this.steps,
    };
    // Of what it has written it keeps nothing, a little, or all.
    const limits = { kept: [0, 200, 1e6][this.#random(3)]!, unread: [0, 200, 1e6][this.#random(3)]! };
    const process = { id, transport: loopBack(this.engine.transport(id), io, limits), until: 0 };
    this.#processes.push(process);
    return process;
  }

  #start(work: string): void {
    const id = `${work}-${(this.#started += 1)}`;
    const stop = new AbortController();
    const process = this.#choose();
    this.#jobs.push({ id, work, process, stop });
    const role: Role = {
      transport: process.transport,
      maker: { id, made: 'toys', now: () => 0 },
      signal: stop.signal,
      due: () => this.#random(2) === 0,
      ahead: { messages: 4, bytes: 40 },
    };
    const visible = this.#visible;
    this.#work(work, role).then(
      () => {
        this.#gone(id);
        if (work === 'sequencer' && !stop.signal.aborted) this.#given = visible;
      },
      (error: unknown) => {
        this.#gone(id);
        if (error instanceof Superseded) this.superseded += 1;
        else this.#failures.push(error);
      },
    );
  }

  /** One that is cut off may have begun with taking back what another had given to its end. */
  #gone(id: string): void {
    if (id.startsWith('sequencer')) this.#given = -1;
    this.#jobs = this.#jobs.filter((one) => one.id !== id);
  }

  #work(work: string, role: Role): Promise<void> {
    if (work === 'desk') return runDesk(new ToyDesk(partitions), partitions, role);
    if (work !== 'sequencer') return runPartition(Number(work.slice(1)), new ToyPartition(), role);
    const feed = new ToyFeed(this.#records.slice(0, this.#visible), this.#unfinished, () => 1 + this.#random(3));
    return runSequencer(feed, { ...role, pause: async () => undefined });
  }
}

describe('exactness of what several processes do through an engine', function () {
  this.timeout(Math.max(600_000, schedules * 1_000));

  it('is held whatever dies, stands still or comes in between any two calls: none lost, none twice, byte for byte', async () => {
    let [deaths, superseded] = [0, 0];
    const first = Number(process.env['ENGINE_SEED'] ?? 1);
    for (let seed = first; seed < first + schedules; seed += 1) {
      const schedule = new Schedule(seed);
      const result = await schedule.run().catch((error: unknown) => {
        throw new Error(`seed ${seed}, step ${schedule.steps}`, { cause: error });
      });
      expect(result, `seed ${seed}`).to.equal(schedule.expected);
      deaths += schedule.deaths;
      superseded += schedule.superseded;
    }
    // The schedules are of use only where things happen in them.
    expect(deaths).to.be.greaterThan(schedules / 2);
    expect(superseded).to.be.greaterThan(schedules / 10);
  });
});
