import { expect } from 'chai';
import type { Flow } from '../../../src/kernel/defineOperator.ts';
import { builtins } from '../../../src/pipeline/builtins.ts';
import { loadPipeline } from '../../../src/pipeline/load.ts';
import { openRun } from '../../../src/run/openRun.ts';
import { durablePipeline, eventLines, outputsOf } from '../../support/durableRun.ts';
import { memoryFiles } from '../../support/memoryFiles.ts';
import { testIo } from '../../support/testIo.ts';

const pipeline = loadPipeline('p.yaml', durablePipeline(), { registry: builtins, variables: { env: {}, config: () => undefined } });

/** Runs it with somebody who looks at some points, and leaves after so many signals. */
async function run(points: readonly (string | null)[], leaveAfter = Number.POSITIVE_INFINITY) {
  const files = memoryFiles();
  await (await files.open('/in.ndjson', 'w')).write(Buffer.from(eventLines(200)));
  const running = await openRun(pipeline, { mode: 'durable', io: { ...testIo(), files }, dataDir: '/d' });
  const seen = points.map((point) => {
    const signals: Flow[] = [];
    const leave = running.watch(point === null ? null : [point], {
      next: (signal) => {
        signals.push(signal);
        if (signals.length >= leaveAfter) leave();
      },
      complete: () => undefined,
    });
    return signals;
  });
  const report = await running.execute();
  await running.close();
  return { seen, report, left: outputsOf(files.texts()) };
}

describe('looking into a run', () => {
  it('shows what leaves a source, an operator and the end of the chain', async () => {
    const { seen, report } = await run(['in', 'memory', null]);
    const memory = report.operators.find(({ id }) => id === 'memory')!;
    const rank = report.operators.find(({ id }) => id === 'rank')!;
    expect(seen.map(({ length }) => length)).to.deep.equal([200, memory.forwarded + memory.emitted, rank.forwarded + rank.emitted]);
  });

  it('changes nothing of what the run leaves, however many look', async () => {
    expect((await run(['in', 'in', 'memory', 'rank', null])).left).to.deep.equal((await run([])).left);
  });

  it('shows nothing more to who has left, and everything to who stays', async () => {
    const { seen } = await run(['in'], 5);
    expect(seen[0]).to.have.length(5);
  });
});
