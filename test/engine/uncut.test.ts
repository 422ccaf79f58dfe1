import { expect } from 'chai';
import { planWork } from '../../src/engine/plannedWork.ts';
import { askForRevision, readRevision } from '../../src/engine/revision/revision.ts';
import { runToEnd } from '../../src/run/openRun.ts';
import { difference, eventLines } from '../support/durableRun.ts';
import { Killing } from '../support/engine/killing.ts';
import { Machine, readText } from '../support/engine/machines.ts';
import { MemoryEngine } from '../support/engine/memoryTransport.ts';
import { disk, write, writeAlone, written } from '../support/engine/onDisk.ts';
import { testIo } from '../support/testIo.ts';

const file = (memory: string, more = '') =>
  readText(`name: p
sources: { in: { file: { path: /in.ndjson, format: ndjson } } }
operators:
  - normalize: {}
  - group_by: { key: group_id }
  - memory: { window: 1m, early: 10s${memory} }
  - rank: { top: 5 }
${more}sinks:
  radar: { ndjson: { path: /d/out/radar.ndjson, select: [blip, radar, finding] } }
  store: { segments: { part_bytes: 20KiB } }
`);

const cut = file('');
const uncut = file(', max_groups: 4');
const input = eventLines(900, { groups: 11 });

describe('a pipeline that looks across its keys, on an engine', function () {
  this.timeout(300_000);

  it('writes the bytes of a run without, with one process and with several', async () => {
    const pipeline = file(', max_groups: 4', '  - sessions: { by: group_id, idle: 5m }\n');
    const whole = await writeAlone(pipeline, input);
    expect(whole['/d/out/radar.ndjson']!.length).to.be.greaterThan(1000);
    for (const ids of [['w1'], ['w1', 'w2', 'w3']]) {
      const [files, engine] = [await disk(input), new MemoryEngine({ step: false })];
      await Promise.all(ids.map((id) => new Machine(pipeline, engine, { id, files }).done));
      expect(difference(written(files), whole), `${ids.length} processes`).to.equal(null);
      expect(engine.of('in.0')).to.deep.equal([]);
    }
  });

  it('takes the end back when the input has grown', async () => {
    const [files, engine] = [await disk(''), new MemoryEngine({ step: false })];
    for (const [i, part] of [eventLines(300, { groups: 11 }).slice(0, -40), input].entries()) {
      await write(files, part);
      await new Machine(uncut, engine, { id: `w${i}`, files }).done;
      expect(difference(written(files), await writeAlone(uncut, part)), `part ${i}`).to.equal(null);
    }
  });

  it('leaves those bytes whichever call processes die at', async () => {
    const small = eventLines(260, { groups: 5 }).slice(0, -30);
    const whole = await writeAlone(uncut, small);
    let kills = 0;
    const first = Number(process.env['ENGINE_SEED'] ?? 1);
    const schedules = Number(process.env['ENGINE_KILLS'] ?? 12);
    for (let seed = first; seed < first + schedules; seed += 1) {
      const run = new Killing(uncut, seed, await disk(small), { calls: 60 });
      await run.toEnd();
      kills += run.kills;
      expect(difference(written(run.files), whole), `seed ${seed}`).to.equal(null);
    }
    expect(kills).to.be.greaterThan(schedules / 2);
  });

  it('may follow one that is shared out, and be followed by one, exactly as without an engine', async () => {
    const parts = [300, 600, 900].map((lines, i) => eventLines(lines, { groups: 11 }).slice(0, i === 2 ? undefined : -40));
    const steps = [cut, uncut, cut];
    const [files, reference, engine] = [await disk(''), await disk(''), new MemoryEngine({ step: false })];
    for (const [i, pipeline] of steps.entries()) {
      for (const each of [files, reference]) await write(each, parts[i]!);
      await runToEnd(pipeline, { mode: 'durable', io: { ...testIo(), files: reference }, dataDir: '/d' });
      if (i > 0) {
        const { made, partitions } = planWork(pipeline, { io: testIo(), dataDir: '/d', release: '1', partitions: 3 });
        await askForRevision(engine.transport('ask'), { made, release: '1', partitions, at: 0, by: 'ask', acceptChanges: false });
      }
      const before = steps[Math.max(0, i - 1)]!;
      await new Machine(before, engine, { id: `w${i}`, files, reread: async () => ({ pipeline, partitions: 3 }) }).done;
      expect(difference(written(files), written(reference)), `step ${i}`).to.equal(null);
    }
    expect((await readRevision(engine.transport('look')))!.revision).to.include({ number: 3, partitions: 3 });
  });
});
