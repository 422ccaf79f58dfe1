import { expect } from 'chai';
import type { CliContext } from '../../../src/cli/shared/context.ts';
import { progressLine, progressText } from '../../../src/cli/shared/progressLine.ts';
import { capturedScreen, testIo } from '../../support/testIo.ts';
import { partly } from '../../support/typed.ts';

const at = Date.UTC(2026, 2, 14, 3, 12, 9);

describe('how far long work is', () => {
  const table: [what: string, progress: Parameters<typeof progressText>[0], elapsed: number, text: string][] = [
    [
      'says records, rate, share, time left and event time',
      { read: 50_000, newest: at, bytes: { done: 62, of: 100 } },
      20_000,
      '50,000 records, 2,500/s, 62 %, 13s left, at 2026-03-14T03:12:09Z',
    ],
    ['says what is known of a pipe', { read: 50_000, newest: at, bytes: null }, 20_000, '50,000 records, 2,500/s, at 2026-03-14T03:12:09Z'],
    ['says hours in hours', { read: 1, newest: null, bytes: { done: 1, of: 3601 } }, 2000, '1 record, 1/s, 0 %, 2h left'],
    ['never says more than all', { read: 10, newest: null, bytes: { done: 120, of: 100 } }, 1000, '10 records, 10/s, 100 %, 0s left'],
    ['says no time left before anything was read', { read: 0, newest: null, bytes: { done: 0, of: 100 } }, 1000, '0 records, 0/s, 0 %'],
    ['says nothing of the share of files that are empty', { read: 0, newest: null, bytes: { done: 0, of: 0 } }, 1000, '0 records, 0/s'],
  ];
  for (const [what, progress, elapsed, text] of table) it(what, () => expect(progressText(progress, elapsed)).to.equal(text));

  async function lines(isTTY: boolean, bytes: { done: number; of: number } | null) {
    const io = { ...testIo(), stderr: capturedScreen({ isTTY, columns: 40 }) };
    const progress = progressLine(partly<CliContext>({ io }));
    let now = 0;
    io.monotonic = () => now;
    for (; now <= 60_000; now += 100) progress.show({ read: now, newest: at, bytes });
    await progress.stdout.write('RADAR\n');
    await progress.clear();
    return { err: io.stderr.text, out: io.stdout.text };
  }

  it('is drawn over itself on a terminal, fits it, and is gone before anything is printed', async () => {
    const { err, out } = await lines(true, { done: 1, of: 2 });
    const drawn = err.split('\r\u001b[2K');
    expect(drawn.length).to.be.within(250, 310);
    expect(drawn.at(-1)).to.equal('');
    expect(drawn.at(-2))
      .to.have.length(39)
      .and.to.match(/^60,000 records, 1,000\/s, 50 %.*…$/);
    expect(out).to.equal('RADAR\n');
  });

  it('is a line now and then where it is none, of files only', async () => {
    expect((await lines(false, { done: 1, of: 2 })).err).to.equal(
      '30,000 records, 1,000/s, 50 %, 30s left, at 2026-03-14T03:12:09Z\n60,000 records, 1,000/s, 50 %, 1m left, at 2026-03-14T03:12:09Z\n',
    );
    expect((await lines(false, null)).err).to.equal('');
  });
});
