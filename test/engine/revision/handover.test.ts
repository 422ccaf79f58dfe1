import { expect } from 'chai';
import { planWork } from '../../../src/engine/plannedWork.ts';
import { askForRevision, readRevision } from '../../../src/engine/revision/revision.ts';
import { runToEnd } from '../../../src/run/openRun.ts';
import { difference, eventLines } from '../../support/durableRun.ts';
import { Killing } from '../../support/engine/killing.ts';
import { Machine, readText } from '../../support/engine/machines.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';
import { disk, write, written } from '../../support/engine/onDisk.ts';
import { testIo } from '../../support/testIo.ts';

const file = (memory: string, top: number) =>
  readText(`name: p
sources: { in: { file: { path: /in.ndjson, format: ndjson } } }
operators:
  - group_by: { key: group_id }
  - memory: { window: 1m${memory} }
  - rank: { top: ${top} }
  - rules: [{ name: new-error, when: { state: new, min_level: error }, severity: critical }]
  - episodes: {}
sinks:
  radar: { ndjson: { path: /d/out/radar.ndjson, select: [blip, radar, finding] } }
  store: { segments: { part_bytes: 20KiB } }
`);

const [first, second] = [eventLines(170, { groups: 5 }).slice(0, -40), eventLines(320, { groups: 5 })];

/** What a run without an engine writes that is begun anew with the other file when the input has grown. */
async function alone(steps: readonly (readonly [ReturnType<typeof file>, string])[]): Promise<Record<string, string>> {
  const files = await disk('');
  for (const [pipeline, input] of steps) {
    await write(files, input);
    await runToEnd(pipeline, { mode: 'durable', io: { ...testIo(), files }, dataDir: '/d' });
  }
  return written(files);
}

describe('a pipeline whose file is changed while processes of it die', function () {
  this.timeout(600_000);
  const schedules = Number(process.env['ENGINE_KILLS'] ?? 8);
  const seed = Number(process.env['ENGINE_SEED'] ?? 1);
  const changes = {
    'other options, and more parts': [file('', 5), file(', early: 10s', 3), 3],
    'one that is not shared out': [file('', 5), file(', max_groups: 100', 5), 2],
    'one that is shared out': [file(', max_groups: 100', 5), file('', 4), 2],
  } as const;

  for (const [change, [before, after, partitions]] of Object.entries(changes))
    it(`leaves the bytes of a run without an engine, whichever call they die at: ${change}`, async () => {
      const whole = await alone([
        [before, first],
        [after, second],
      ]);
      let kills = 0;
      for (let n = seed; n < seed + schedules; n += 1) {
        const [files, engine] = [await disk(first), new MemoryEngine({ step: false })];
        await new Machine(before, engine, { id: 'w900', files, partitions: 2 }).done;
        const next = planWork(after, { io: testIo(), dataDir: '/d', release: '1', partitions });
        const asked = { made: next.made, release: '1', partitions: next.partitions, at: 0, by: 'ask', acceptChanges: false };
        await askForRevision(engine.transport('ask'), asked);
        await write(files, second);
        const run = new Killing(before, n, files, { calls: 150, engine, next: { pipeline: after, partitions } });
        await run.toEnd();
        kills += run.kills;
        expect(difference(written(files), whole), `seed ${n}`).to.equal(null);
        engine.watch = () => true;
        expect((await readRevision(engine.transport('look')))!.revision).to.include({ number: 2, made: next.made });
      }
      expect(kills).to.be.greaterThan(schedules / 2);
    });
});
