import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { compared, buildPipeline } from '../../bench/support/crashing.ts';
import { makeEvents } from '../../bench/support/makeEvents.ts';
import { seeded } from '../../bench/support/seeded.ts';
import { CaducusError } from '../../src/errors.ts';
import { durableRun } from '../support/durableRun.ts';
import { changingSteps, failingFiles } from '../support/failingFiles.ts';
import { testIo } from '../support/testIo.ts';

// `npm run test:faults` takes the large run; here a small one does.
const { events, every, points } =
  process.env['FAULT_STRIDE'] === '1' ? { events: 200_000, every: 4000, points: 200 } : { events: 4000, every: 500, points: 12 };
const codes = ['ENOSPC', 'EIO', 'EROFS'] as const;

describe('a large run on a failing disk', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'caducus-faults-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it(`that fails at ${points} points of it, each time in the middle of what it does, ends as one that never failed`, async () => {
    await makeEvents(join(folder, 'in.ndjson'), events);
    const run = (name: string, files = testIo().files) =>
      durableRun({
        io: { ...testIo(), files },
        dataDir: join(folder, name),
        text: buildPipeline({ folder, every, fsync: 'never' }).replaceAll('${config.data_dir}', join(folder, name)),
      });
    const counting = failingFiles(testIo().files, Number.POSITIVE_INFINITY, { steps: changingSteps });
    await run('whole', counting.files);
    const random = seeded(17);
    // Behind each restart the next point lies further on, so that together they cover the whole run.
    const mean = counting.steps() / points;
    let failures = 0;
    for (let point = 0; point < points; point += 1) {
      const short = failingFiles(testIo().files, 1 + Math.floor(random() * mean), { code: 'short' });
      const failing = failingFiles(short.files, 1 + Math.floor(random() * 2 * mean), { code: codes[point % 3]!, steps: changingSteps });
      const failure: unknown = await run('failed', failing.files).then(
        () => null,
        (error: unknown) => error,
      );
      // What only makes a later run faster may fail without a word.
      if (failure === null) continue;
      failures += 1;
      expect(failure, `point ${point}: ${String(failure)}`)
        .to.be.instanceOf(CaducusError)
        .and.to.have.property('exit', 74);
    }
    await run('failed');
    expect(failures).to.be.at.least(points * 0.7);
    expect(await compared(join(folder, 'failed'), join(folder, 'whole'), events)).to.deep.equal({
      lost: 0,
      duplicated: 0,
      same: { 'radar.ndjson': true, 'events/': true },
    });
  }).timeout(3_600_000);
});
