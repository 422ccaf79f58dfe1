import { expect } from 'chai';
import { logLevels, openLogger } from '../../../src/cli/telemetry/logger.ts';
import { testIo } from '../../support/testIo.ts';

const levels = ['trace', 'debug', 'info', 'warn', 'error'] as const;

describe('the log of a process', () => {
  const io = () => testIo({ start: Date.UTC(2026, 2, 14, 3) });
  const lines = ({ stderr }: ReturnType<typeof io>) =>
    stderr.text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  for (const [i, level] of logLevels.entries()) {
    it(`at ${level} holds what is at least as grave`, async () => {
      const at = io();
      const log = openLogger(at, level);
      for (const one of levels) log[one](`a ${one}`);
      await log.flush();
      expect(lines(at).map((line) => line.level)).to.deep.equal(levels.slice(i));
    });
  }

  it('is a line of JSON each, with the time of the outside, what goes with all, and its own fields', async () => {
    const at = io();
    const log = openLogger(at, 'info', { pipeline: 'p' });
    log.warn('sink_down', { sink: 'out', tries: 3, since: null });
    await log.flush();
    expect(lines(at)).to.deep.equal([
      { level: 'warn', time: '2026-03-14T03:00:00.000Z', pipeline: 'p', sink: 'out', tries: 3, since: null, msg: 'sink_down' },
    ]);
    expect(at.stdout.text).to.equal('');
  });

  it('keeps the order in which it was told', async () => {
    const at = io();
    const log = openLogger(at, 'trace');
    for (let n = 0; n < 20; n += 1) log[levels[n % 5]!](`${n}`);
    await log.flush();
    expect(lines(at).map(({ msg }) => Number(msg))).to.deep.equal(Array.from({ length: 20 }, (_, n) => n));
  });

  it('masks secrets in the message and in its fields', async () => {
    const at = io();
    const log = openLogger(at, 'error');
    log.error('POST https://ana:hunter2pass@example.org failed', { why: 'authorization: Bearer q7Zt2LmXq7Zt2LmXq7Zt' });
    await log.flush();
    expect(at.stderr.text).to.not.match(/hunter2pass|q7Zt2LmXq7Zt2LmXq7Zt/);
    expect(at.stderr.text).to.include('example.org');
  });

  it('has written nothing where it was told nothing', async () => {
    const at = io();
    await openLogger(at, 'trace').flush();
    expect(at.stderr.text).to.equal('');
  });
});
