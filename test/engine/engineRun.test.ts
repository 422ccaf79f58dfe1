import { expect } from 'chai';
import { planWork } from '../../src/engine/plannedWork.ts';
import { askForRevision, type Revision } from '../../src/engine/revision/revision.ts';
import { readStanding } from '../../src/engine/look/readStanding.ts';
import { runToEnd } from '../../src/run/openRun.ts';
import { difference, eventLines } from '../support/durableRun.ts';
import { Killing } from '../support/engine/killing.ts';
import { Machine, readText } from '../support/engine/machines.ts';
import { decided, disk, known, runAlone, write, writeAlone, written } from '../support/engine/onDisk.ts';
import { until } from '../support/engine/roles.ts';
import { MemoryEngine } from '../support/engine/memoryTransport.ts';
import { memoryFiles } from '../support/memoryFiles.ts';
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

const alone = (input: string) => writeAlone(readText(text), input);

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
    expect(second.told[0]).to.match(/^This process writes no output: .* into \/d\/state\/p \(CAD044\)/);
    expect(Object.keys(other.texts()).filter((path) => path.startsWith('/elsewhere/out'))).to.deep.equal([]);
  });

  it('goes on with the output when the machine of its folder comes back, however long others had the work meanwhile', async () => {
    const [files, engine] = [await disk(eventLines(600, { groups: 11 }).slice(0, -40)), new MemoryEngine({ step: false })];
    await new Machine(readText(text), engine, { id: 'w1', files }).done;
    await write(files, input);
    const elsewhere = new Machine(readText(text), engine, { id: 'w2', files, dataDir: '/elsewhere' });
    await elsewhere.done;
    expect(elsewhere.told).to.have.length(1);
    expect(difference(written(files), await alone(input))).not.to.equal(null);
    await new Machine(readText(text), engine, { id: 'w3', files }).done;
    expect(difference(written(files), await alone(input))).to.equal(null);
  });

  it('leaves the writing to a process of its folder while others are there', async () => {
    const [files, engine] = [await disk(input), new MemoryEngine({ step: false })];
    const live = readText(text.replace('format: ndjson } } }', 'format: ndjson, follow: true } } }'));
    const first = new Machine(live, engine, { id: 'w1', files });
    await until(() => engine.of('writer').length === 1);
    engine.watch = (id) => id !== 'w1';
    first.kill();
    first.lapse();
    const elsewhere = new Machine(live, engine, { id: 'w2', files, dataDir: '/elsewhere' });
    await until(() => elsewhere.told.length > 0);
    const again = new Machine(live, engine, { id: 'w3', files });
    await until(() => engine.holds.get('writer') === 'w3');
    for (const { stop } of [elsewhere, again]) stop.abort();
    await Promise.all([elsewhere.done, again.done]);
  });

  it('ends, with what was wrong, where a source or an operator fails', async () => {
    const [files, engine] = [memoryFiles(), new MemoryEngine({ step: false })];
    const error = await new Machine(readText(text), engine, { id: 'w1', files }).done.then(null, (thrown: unknown) => thrown);
    expect(error).to.have.property('code', 'CAD010');
    expect([...engine.holds]).to.deep.equal([]);
  });
});

describe('another file on an engine', function () {
  this.timeout(60_000);
  const other = text
    .replace('top: 5', 'top: 3')
    .replace('window: 1m, early: 10s', 'window: 1m')
    .replace('min_level: error', 'min_level: warning');

  /** Asks for a file, as `caducus reload --engine` does. */
  async function ask(engine: MemoryEngine, pipeline: string, partitions = 3): Promise<void> {
    const { made } = planWork(readText(pipeline), { io: testIo(), dataDir: '/d', release: '1', partitions });
    await askForRevision(engine.transport('ask'), { made, release: '1', partitions, at: 0, by: 'ask', acceptChanges: false });
  }
  const revision = (engine: MemoryEngine) => JSON.parse(Buffer.from(engine.of('revision').at(-1)!.body).toString()) as Revision;

  /** What a run without an engine writes that is begun anew with the other file when the input has grown. */
  async function aloneWith(first: string, second: string, [part, whole]: readonly [string, string]): Promise<Record<string, string>> {
    const files = await disk(part);
    await runToEnd(readText(first), { mode: 'durable', io: { ...testIo(), files }, dataDir: '/d' });
    await write(files, whole);
    await runToEnd(readText(second), { mode: 'durable', io: { ...testIo(), files }, dataDir: '/d' });
    return written(files);
  }

  it('waits, says for what, and goes on where the one before has let go, exactly as without an engine', async () => {
    const [engine, part] = [new MemoryEngine({ step: false }), eventLines(700, { groups: 11 }).slice(0, -40)];
    const files = await disk(part);
    await new Machine(readText(text), engine, { id: 'w1', files }).done;
    const [before, waiting] = [
      new Machine(readText(text), engine, { id: 'w2', files }),
      new Machine(readText(other), engine, { id: 'w3', files, partitions: 4 }),
    ];
    await until(() => waiting.told.length > 0);
    expect(waiting.told[0])
      .to.contain('This process waits: the work is done by another file')
      .and.to.contain('caducus reload FILE --engine URL');
    await until(() => engine.holds.has('waiting.w3'));
    const standing = await readStanding(engine.transport('looker'), 1);
    expect(standing.processes.map(({ id }) => id)).not.to.include('w3');
    const { made } = planWork(readText(other), { io: testIo(), dataDir: '/d', release: '1', partitions: 4 });
    expect(standing.waiting).to.deep.equal([{ id: 'w3', made, release: '1', partitions: 4, left: 15_000 }]);
    await before.done;
    await ask(engine, other, 4);
    await until(() => waiting.told.length > 1);
    expect(waiting.told[1]).to.contain('one of them has to run');
    await write(files, input);
    // It has the file before: it lets go, then it waits in its turn.
    const again = new Machine(readText(text), engine, { id: 'w4', files });
    await waiting.done;
    expect(revision(engine)).to.include({ number: 2, partitions: 4, by: 'w3' });
    expect(engine.holds.has('waiting.w3')).to.equal(false);
    await until(() => again.told.length > 0);
    again.stop.abort();
    expect((await again.done).reason).to.equal('stopped');
    expect(difference(written(files), await aloneWith(text, other, [part, input]))).to.equal(null);
  });

  it('is taken from where a process reads its own, without any other process', async () => {
    const [engine, part] = [new MemoryEngine({ step: false }), eventLines(700, { groups: 11 }).slice(0, -40)];
    const files = await disk(part);
    await new Machine(readText(text), engine, { id: 'w1', files }).done;
    await ask(engine, other);
    await write(files, input);
    await new Machine(readText(text), engine, { id: 'w2', files, reread: async () => ({ pipeline: readText(other), partitions: 3 }) }).done;
    expect(revision(engine).number).to.equal(2);
    expect(difference(written(files), await aloneWith(text, other, [part, input]))).to.equal(null);
  });

  it('is not taken where its states are kept by something else: the one before goes on', async () => {
    const [engine, part] = [new MemoryEngine({ step: false }), eventLines(700, { groups: 11 }).slice(0, -40)];
    const files = await disk(part);
    const unfitting = text.replace('key: group_id', 'key: source');
    await new Machine(readText(text), engine, { id: 'w1', files }).done;
    await ask(engine, unfitting);
    await write(files, input);
    const other = new Machine(readText(unfitting), engine, { id: 'w3', files });
    const before = new Machine(readText(text), engine, { id: 'w2', files });
    await before.done;
    expect(revision(engine)).to.include({ number: 3 });
    expect(revision(engine).refused!.why).to.contain('than its state was made with');
    other.stop.abort();
    await other.done;
    expect(other.told.some((line) => line.includes('The file of this process was not taken'))).to.equal(true);
    expect(difference(written(files), await aloneWith(text, text, [part, input]))).to.equal(null);
  });
});

describe('processes that die while they run a pipeline on an engine', function () {
  this.timeout(600_000);
  const schedules = Number(process.env['ENGINE_KILLS'] ?? 12);
  const small = eventLines(260, { groups: 5 }).slice(0, -30);

  it('leave the bytes of one that is let alone, whichever call they die at', async () => {
    const whole = await runAlone(readText(text), small);
    expect(Object.keys(decided(whole))).to.have.length(1);
    expect(Object.keys(known(whole))).to.include('/d/state/p/recall/recall.json');
    let kills = 0;
    const first = Number(process.env['ENGINE_SEED'] ?? 1);
    for (let seed = first; seed < first + schedules; seed += 1) {
      const run = new Killing(readText(text), seed, await disk(small));
      await run.toEnd();
      kills += run.kills;
      expect(difference(written(run.files), written(whole)), `seed ${seed}`).to.equal(null);
      expect(difference(decided(run.files), decided(whole)), `decisions, seed ${seed}`).to.equal(null);
      expect(difference(known(run.files), known(whole)), `what is known, seed ${seed}`).to.equal(null);
    }
    expect(kills).to.be.greaterThan(schedules / 2);
  });
});
