import { expect } from 'chai';
import { askAgain, Unanswered } from '../../src/base/askAgain.ts';
import { CaducusError } from '../../src/errors.ts';
import { virtualIo } from '../support/virtualIo.ts';

const start = Date.UTC(2026, 2, 14, 3);
const settings = { name: 'rows', timeout: 60_000, attempts: 4, waits: { first: 500, most: 30_000 } };

describe('asking again', () => {
  /** Pauses pass at once; the limit of an answer never does. */
  function asking(script: readonly (() => string)[], options: Partial<Parameters<typeof askAgain>[1]> = {}) {
    const io = virtualIo({ start, auto: false });
    const pauses: number[] = [];
    // Only the limit of an answer comes with a signal here.
    const sleep = (ms: number, signal?: AbortSignal): Promise<void> => {
      if (signal) return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true }));
      pauses.push(ms);
      io.advance(ms);
      return Promise.resolve();
    };
    let asked = 0;
    const answer = askAgain(Object.assign(io, { sleep }), { ...settings, ...options }, async () => {
      asked += 1;
      return script[Math.min(asked, script.length) - 1]!();
    });
    return { answer, pauses, count: () => asked };
  }
  const busy =
    (wait = 0) =>
    () => {
      throw new Unanswered('HTTP 503', { again: true, wait });
    };
  const unplugged = () => {
    throw Object.assign(new Error('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
  };

  it('goes on until there is an answer, at least as long apart as the server wants', async () => {
    const { answer, pauses } = asking([busy(), busy(7_000), () => 'here']);
    expect(await answer).to.equal('here');
    expect(pauses).to.have.length(2);
    expect(pauses[0]).to.be.within(250, 500);
    expect(pauses[1]).to.equal(7_000);
  });

  it('ends with the last reason after so many attempts', async () => {
    const { answer, count } = asking([busy()]);
    expect(await answer.catch((error: unknown) => error))
      .to.be.instanceOf(Unanswered)
      .and.to.include({ message: 'HTTP 503', answered: true });
    expect(count()).to.equal(4);
  });

  it('ends at once where the same question cannot succeed, and where the error says all', async () => {
    for (const error of [new Unanswered('no', { again: false }), new CaducusError('CAD013', {}, 'no')]) {
      const { answer, count } = asking([
        () => {
          throw error;
        },
      ]);
      expect(await answer.catch((cause: unknown) => cause)).to.equal(error);
      expect(count()).to.equal(1);
    }
  });

  it('asks no server again that wants to be left alone for longer than is waited', async () => {
    const { answer, count, pauses } = asking([busy(7_000), busy(7_001)], { longestWait: 7_000 });
    expect(await answer.catch((error: unknown) => error)).to.include({ wait: 7_001 });
    expect([count(), pauses]).to.deep.equal([2, [7_000]]);
  });

  it('tells of each failure after which it asks again, and throws the last', async () => {
    const told: string[] = [];
    const { answer } = asking([unplugged, busy(), () => 'here'], { failed: ({ message }) => told.push(message) });
    await answer;
    expect(told).to.deep.equal(['ECONNREFUSED', 'HTTP 503']);
  });

  it('limits no answer where it was given no time', async () => {
    const { answer } = asking([busy(), () => 'here'], { timeout: undefined });
    expect(await answer).to.equal('here');
  });

  it('names what happened to the network, and gives up when its time is over', async () => {
    const { answer, count } = asking([unplugged], { within: 600, attempts: 10 });
    expect(await answer.catch((error: unknown) => error)).to.include({ message: 'ECONNREFUSED', answered: false });
    expect(count()).to.be.lessThan(4);
  });
});
