import { expect } from 'chai';
import { runToEnd } from '../../src/run/openRun.ts';
import { difference, eventLines } from '../support/durableRun.ts';
import { Machine, readText } from '../support/engine/machines.ts';
import { randomFrom } from '../support/engine/randomFrom.ts';
import { until } from '../support/engine/roles.ts';
import { MemoryEngine } from '../support/engine/memoryTransport.ts';
import { memoryFiles, type MemoryFiles } from '../support/memoryFiles.ts';
import { testIo } from '../support/testIo.ts';

const text = `name: p
sources: { in: { file: { path: /in.ndjson, format: ndjson } } }
operators:
  - normalize: {}
  - group_by: { key: group_id }
  - memory: { window: 1m, early: 10s }
  - rank: { top: 5 }
  - spike: { value: blip.count, bucket: none }
  - rules: [{ name: new-error, when: { state: new, min_level: error }, severity: critical }, { name: quiet, when: { no_data: true }, for: 2m, severity: warning }]
  - episodes: {}
sinks:
  radar: { ndjson: { path: /d/out/radar.ndjson, select: [blip, radar] } }
  findings: { ndjson: { path: /d/out/findings.ndjson, select: [finding] } }
  late: { ndjson: { path: /d/out/late.ndjson, select: [event] }, from: memory.late }
  store: { segments: { part_bytes: 20KiB } }
`;

async function disk(input: string): Promise<MemoryFiles> {
  const files = memoryFiles({ largest: 20_000 });
  await write(files, input);
  return files;
}

async function write(files: MemoryFiles, input: string): Promise<void> {
  const file = await files.open('/in.ndjson', 'w');
  await file.write(Buffer.from(input));
  await file.close();
}

/** What the sinks of the pipeline have written, but for the rejected records: an unfinished line is one each time it is read. */
const written = (files: MemoryFiles): Record<string, string> =>
  Object.fromEntries(Object.entries(files.texts()).filter(([path]) => /^\/d\/(?:out|segments)\//.test(path) && !path.endsWith('.tmp')));

/** What a run without an engine writes. */
async function alone(input: string): Promise<Record<string, string>> {
  const files = await disk(input);
  await runToEnd(readText(text), { mode: 'durable', io: { ...testIo(), files }, dataDir: '/d' });
  return written(files);
}

const input = eventLines(1200, { groups: 11 });

describe('a pipeline on an engine', function () {
  this.timeout(60_000);

  it('writes with one process the bytes of a run without', async () => {
    const [files, engine] = [await disk(input), new MemoryEngine({ step: false })];
    const report = await new Machine(readText(text), engine, { id: 'w1', files }).done;
    const whole = await alone(input);
    expect(Object.keys(whole)).to.include.members(['/d/out/radar.ndjson', '/d/out/findings.ndjson']);
    expect(whole['/d/out/findings.ndjson']).to.contain('"rule":"new-error"');
    expect(difference(written(files), whole)).to.equal(null);
    expect(report.sources.map(({ read }) => read)).to.deep.equal([1200]);
  });

  it('shares the work out among those that are there, for the same bytes', async () => {
    const [files, engine] = [await disk(input), new MemoryEngine({ step: false })];
    const machines = ['w1', 'w2', 'w3'].map((id) => new Machine(readText(text), engine, { id, files, partitions: 6 }));
    const owners = new Set<string>();
    engine.watch = () => {
      for (const [work, holder] of engine.holds) if (work.startsWith('partition.')) owners.add(holder);
      return true;
    };
    await Promise.all(machines.map(({ done }) => done));
    expect([...owners].toSorted()).to.deep.equal(['w1', 'w2', 'w3']);
    expect(difference(written(files), await alone(input))).to.equal(null);
    expect([...engine.holds]).to.deep.equal([]);
  });

  it('goes on where it was stopped, and takes the end back when the input has grown', async () => {
    const [files, engine] = [await disk(''), new MemoryEngine({ step: false })];
    // The last line of each is not finished.
    const parts = [300, 600, 900, 1200].map((lines, i) => eventLines(lines, { groups: 11 }).slice(0, i === 3 ? undefined : -40));
    for (const [i, part] of parts.entries()) {
      await write(files, part);
      await new Machine(readText(text), engine, { id: `w${i}`, files }).done;
      expect(difference(written(files), await alone(part)), `part ${i}`).to.equal(null);
    }
  });

  it('writes its output into one folder, and says where that is', async () => {
    const [files, engine] = [await disk(input), new MemoryEngine({ step: false })];
    await new Machine(readText(text), engine, { id: 'w1', files }).done;
    const other = await disk(input);
    const second = new Machine(readText(text), engine, { id: 'w2', files: other, dataDir: '/elsewhere' });
    await second.done;
    expect(second.told).to.have.length(1);
    expect(second.told[0]).to.match(/^This process writes no output: .*CAD044.* into \/d\/state\/p/);
    expect(Object.keys(other.texts()).filter((path) => path.startsWith('/elsewhere/out'))).to.deep.equal([]);
  });

  it('ends, with what was wrong, where a source or an operator fails', async () => {
    const [files, engine] = [memoryFiles(), new MemoryEngine({ step: false })];
    const error = await new Machine(readText(text), engine, { id: 'w1', files }).done.then(null, (thrown: unknown) => thrown);
    expect(error).to.have.property('code', 'CAD010');
    expect([...engine.holds]).to.deep.equal([]);
  });
});

describe('processes that die while they run a pipeline on an engine', function () {
  this.timeout(600_000);
  const schedules = Number(process.env['ENGINE_KILLS'] ?? 12);
  const small = eventLines(260, { groups: 5 }).slice(0, -30);

  it('leave the bytes of one that is let alone, whichever call they die at', async () => {
    const whole = await alone(small);
    let kills = 0;
    const first = Number(process.env['ENGINE_SEED'] ?? 1);
    for (let seed = first; seed < first + schedules; seed += 1) {
      const run = new Killing(seed, await disk(small));
      await run.toEnd();
      kills += run.kills;
      expect(difference(written(run.files), whole), `seed ${seed}`).to.equal(null);
    }
    expect(kills).to.be.greaterThan(schedules / 2);
  });
});

/** Processes of which now and then one dies at a call to the engine, and another comes. */
class Killing {
  readonly files: MemoryFiles;
  readonly engine = new MemoryEngine({ step: false });
  readonly #random: (most: number) => number;
  readonly #machines = new Map<string, Machine>();
  readonly #pipeline = readText(text);
  readonly #ended = new Set<string>();
  #failure: { error: unknown } | null = null;
  #started = 0;
  #left: number;
  #until: number;
  kills = 0;

  constructor(seed: number, files: MemoryFiles) {
    this.files = files;
    this.#random = randomFrom(seed);
    this.#left = 1 + this.#random(4);
    this.#until = 1 + this.#random(150);
    this.engine.watch = (process) => this.#watch(process);
  }

  /** Runs until all have ended by themselves, or died. Throws what one of them fails at. */
  async toEnd(): Promise<void> {
    for (let n = 0; n <= this.#random(3); n += 1) this.#start();
    await until(() => this.#failure !== null || [...this.#machines].every(([id, { isDead }]) => isDead || this.#ended.has(id)));
    if (this.#failure) throw this.#failure.error;
  }

  #start(): void {
    const id = `w${(this.#started += 1)}`;
    const machine = new Machine(this.#pipeline, this.engine, { id, files: this.files, partitions: 2 });
    this.#machines.set(id, machine);
    machine.done.then(
      () => this.#ended.add(id),
      (error: unknown) => (this.#failure ??= { error }),
    );
  }

  /** Whether a call is done. */
  #watch(process: string): boolean {
    const machine = this.#machines.get(process);
    if (machine?.isDead) return false;
    this.#until -= 1;
    if (this.#until > 0 || this.#left === 0 || !machine) return true;
    this.#left -= 1;
    this.#until = 1 + this.#random(150);
    this.kills += 1;
    machine.kill();
    // Sooner or later what it held goes to others.
    setImmediate(() => machine.lapse());
    // Who is left goes on, but where nobody is that had not ended.
    const isAnyLeft = [...this.#machines].some(([id, { isDead }]) => !isDead && !this.#ended.has(id));
    if (this.#random(2) === 0 || !isAnyLeft) this.#start();
    return false;
  }
}
