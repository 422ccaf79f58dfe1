import { expect } from 'chai';
import { builtins } from '../../src/pipeline/builtins.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';
import { imbalances } from '../../src/run/report.ts';
import { Run } from '../../src/run/run.ts';
import { CutShort, StopPatience } from '../../src/run/stopPatience.ts';
import { difference, durablePipeline, durableRun, eventLines, outputsOf } from '../support/durableRun.ts';
import { memoryFiles } from '../support/memoryFiles.ts';
import { testIo } from '../support/testIo.ts';

const lines = 600;

async function disk() {
  const files = memoryFiles();
  const file = await files.open('/in.ndjson', 'w');
  await file.write(Buffer.from(eventLines(lines)));
  return files;
}

/** A machine on which every look at the clock finds so many milliseconds gone, and on which the run breathes by `breath`. */
function slowly(files: Awaited<ReturnType<typeof disk>>, step: number, breath: () => void) {
  let now = 0;
  return {
    ...testIo({ auto: true }),
    files,
    monotonic: () => (now += step),
    sleep: async () => breath(),
  };
}

describe('a run that is told to end in the midst of work', () => {
  it('stops within its patience, between two records, and the next run ends as if nothing had happened', async () => {
    const whole = await disk();
    await durableRun({ io: { ...testIo(), files: whole } });

    for (const tellAt of [1, 3, 7]) {
      const files = await disk();
      const stop = new AbortController();
      let breaths = 0;
      const io = slowly(files, 200, () => void ((breaths += 1) === tellAt && stop.abort()));
      const report = await durableRun({ io, stop: stop.signal, text: durablePipeline({ every: 1_000_000 }) });
      expect([report.reason, report.cut]).to.deep.equal(['stopped', true]);
      expect(report.sources[0]!.read).to.be.lessThan(lines / 2);
      expect(breaths, 'nor was much done').to.be.within(tellAt + 1, tellAt + 10);
      await durableRun({ io: { ...testIo(), files } });
      expect(difference(outputsOf(files.texts()), outputsOf(whole.texts()))).to.equal(null);
    }
  });

  it('finishes what it has begun, and saves it, where that takes no longer', async () => {
    const files = await disk();
    const stop = new AbortController();
    const report = await durableRun({ io: slowly(files, 8, () => stop.abort()), stop: stop.signal });
    expect([report.reason, report.cut]).to.deep.equal(['stopped', undefined]);
    expect(report.sources[0]!.read).to.be.greaterThan(0);
    expect(Object.keys(files.texts()).some((path) => /checkpoint-\d+\.json$/.test(path))).to.equal(true);
  });

  it('closes what is open where it keeps no checkpoints, whatever had to be left', async () => {
    const files = await disk();
    const stop = new AbortController();
    const pipeline = loadPipeline('p.yaml', durablePipeline(), { registry: builtins, variables: { env: {}, config: () => undefined } });
    const report = await new Run(pipeline, { io: slowly(files, 200, () => stop.abort()), dataDir: '/d', stop: stop.signal }).execute();
    expect(imbalances(report)).to.deep.equal([]);
    expect(report.reason).to.equal('stopped');
    expect(report.windows).to.be.greaterThan(0);
  });
});

describe('the patience of a run that was told to end', () => {
  it('is three seconds for what it has begun and six in all, counted from when it was told', () => {
    let now = 50_000;
    const stop = new AbortController();
    const patience = new StopPatience(stop.signal, () => now);
    now = 90_000;
    expect([patience.isOver('work'), patience.isOver('checkpoint')]).to.deep.equal([false, false]);
    stop.abort();
    now += 2999;
    expect(patience.isOver('work')).to.equal(false);
    now += 1;
    expect([patience.isOver('work'), patience.isOver('checkpoint')]).to.deep.equal([true, false]);
    now += 3000;
    expect(patience.isOver('checkpoint')).to.equal(true);
    expect(new CutShort()).to.be.instanceOf(Error);
  });
});
