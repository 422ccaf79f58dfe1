import { expect } from 'chai';
import { CaducusError } from '../../src/errors.ts';
import { changingSteps, failingFiles, type Fault } from '../support/failingFiles.ts';
import { difference, durableRun, eventLines, outputsOf } from '../support/durableRun.ts';
import { memoryFiles, type MemoryFiles } from '../support/memoryFiles.ts';
import { seeded } from '../../bench/support/seeded.ts';
import { testIo } from '../support/testIo.ts';

const input = eventLines(300);

async function disk(): Promise<MemoryFiles> {
  const files = memoryFiles({ largest: 4000 });
  const file = await files.open('/in.ndjson', 'w');
  await file.write(Buffer.from(input));
  await file.sync();
  await files.syncFolder('/');
  return files;
}

/** Fails once at a step, then runs again on a disk that is well; returns the outputs, and what the failure was. */
async function failedOnce(at: number, fault: Fault, after: (files: MemoryFiles) => void = () => {}) {
  const files = await disk();
  const failing = failingFiles(files, at, { steps: changingSteps, ...fault });
  const failure: unknown = await durableRun({ io: { ...testIo(), files: failing.files } }).then(
    () => null,
    (error: unknown) => error,
  );
  after(files);
  await durableRun({ io: { ...testIo(), files } });
  return { outputs: outputsOf(files.texts()), failure, steps: failing.steps() };
}

describe('a run on a failing disk', () => {
  let whole: Record<string, string>;
  let steps: number;
  before(async () => {
    const files = await disk();
    const counting = failingFiles(files, Number.POSITIVE_INFINITY, { steps: changingSteps });
    await durableRun({ io: { ...testIo(), files: counting.files } });
    whole = outputsOf(files.texts());
    steps = counting.steps();
  });

  it('has many steps that can fail', () => {
    expect(steps).to.be.greaterThan(900);
    expect(Object.keys(whole)).to.have.length.greaterThan(300);
  });

  // The whole table takes minutes: `npm run test:faults`. Here every so many steps, each time another beginning.
  const stride = Number(process.env['FAULT_STRIDE'] ?? 61);
  for (const [offset, code] of (['ENOSPC', 'EIO', 'short', 'EROFS'] as const).entries()) {
    it(`ends the same after ${code} at any step and a restart`, async function () {
      this.timeout(600_000);
      let noticed = 0;
      let tried = 0;
      for (let at = 1 + ((offset * 17) % stride); at <= steps; at += stride) {
        tried += 1;
        const { outputs, failure } = await failedOnce(at, { code });
        if (code === 'short') expect(failure, `step ${at}`).to.equal(null);
        else if (failure !== null) {
          // A step whose failure costs nothing may go unnoticed; what does end the run says so, and is no error of another kind.
          expect(failure, `step ${at}: ${String(failure)}`)
            .to.be.instanceOf(CaducusError)
            .with.property('exit', 74);
          noticed += 1;
        }
        expect(difference(outputs, whole), `step ${at}`).to.equal(null);
      }
      if (code !== 'short') expect(noticed, `of ${tried}`).to.be.at.least(tried / 2);
    });
  }

  it('ends the same after a power cut that loses what was not forced to disk', async function () {
    this.timeout(600_000);
    for (let at = 9; at <= steps; at += stride) {
      const { outputs } = await failedOnce(at, { code: 'EIO', lasting: true }, (files) => files.cutPower(seeded(at)));
      expect(difference(outputs, whole), `step ${at}`).to.equal(null);
    }
  });

  it('says what the disk refused, and where', async () => {
    const { failure } = await failedOnce(steps - 40, { code: 'ENOSPC', lasting: true });
    expect(failure).to.be.instanceOf(CaducusError);
    expect((failure as CaducusError).message).to.match(/no space is left on the disk/);
  });

  it('ends the same when files cannot be opened for a while', async () => {
    for (const code of ['EMFILE', 'EACCES'] as const) {
      for (const at of [1, 5, 60, 333]) {
        const { outputs, failure } = await failedOnce(at, { code, steps: ['open'] });
        expect((failure as CaducusError | null)?.code ?? 'CAD011', `open ${at}`).to.equal('CAD011');
        expect(difference(outputs, whole), `open ${at}`).to.equal(null);
      }
    }
  });
});
