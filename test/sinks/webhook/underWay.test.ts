import { expect } from 'chai';
import type { Finding, FindingState, Signal } from '../../../src/signal.ts';
import type { OpenSink } from '../../../src/sinks/sink.ts';
import { webhook } from '../../../src/sinks/webhook.ts';
import { changedFinding } from '../../support/findings.ts';
import { temporaryFolder } from '../../support/testIo.ts';
import { settle, virtualIo } from '../../support/virtualIo.ts';

const base: Finding = {
  id: 'f1',
  rule: 'new-error',
  type: 'rule',
  state: 'firing',
  severity: 'critical',
  group_id: 'orders',
  title: 'disk full',
  since: '2026-03-14T03:00:00.000Z',
  updated: '2026-03-14T03:00:00.000Z',
  result: {},
};
const findingSignal = (state: FindingState, id = 'f1'): Signal => ({
  kind: 'finding',
  time: 0,
  key: '',
  finding: changedFinding(base, { id, state }),
});

/** A receiver whose answers are given by the test, in the order in which it was called. */
function openPager(dataDir: string, options: Record<string, unknown> = {}) {
  const waiting: ((status: number) => void)[] = [];
  const sent: { id: string; state: string }[] = [];
  const io = virtualIo({ auto: false });
  const net = {
    ...io.net,
    fetch: async (_url: string, init?: RequestInit) => {
      sent.push(JSON.parse(String(init?.body)) as { id: string; state: string });
      const status = await new Promise<number>((resolve) => waiting.push(resolve));
      return new Response('{}', { status });
    },
  };
  const given = webhook.spec.options.parse({ format: 'json', url: 'http://pager.test/', perMinute: 600, ...options });
  const opened = webhook.spec.open(given, { io: { ...io, net }, id: 'pager', dataDir, from: null, pipeline: 'p' });
  const answer = async (status: number) => {
    // What is given up is written to a real disk first, which takes as long as the machine is busy.
    for (let i = 0; i < 50_000 && waiting.length === 0; i += 1) {
      if (i % 100 === 0) io.advance(100);
      await settle(5);
    }
    waiting.shift()!(status);
    await settle(5);
  };
  /** Lets the time of that many seconds go by. */
  const pass = async (seconds: number) => {
    for (let i = 0; i < seconds * 10; i += 1) {
      io.advance(100);
      await settle(3);
    }
  };
  return { opened, sent, answer, pass };
}

const sums = ({ counters: { written, filtered, failed, held } }: OpenSink) => ({ written, filtered, failed, held });

describe('a letter that is under way while its finding changes', () => {
  const folder = temporaryFolder();
  for (const [title, statuses, end] of [
    ['is delivered: both states are', [200, 200], { written: 2, filtered: 0, failed: 0, held: 0 }],
    ['fails: the later state alone is sent again', [503, 200], { written: 1, filtered: 1, failed: 0, held: 0 }],
    ['cannot be read: the later state is sent all the same', [400, 200], { written: 1, filtered: 0, failed: 1, held: 0 }],
  ] as const) {
    it(title, async () => {
      const { opened, sent, answer, pass } = openPager(folder.path);
      const sink = await opened;
      await sink.write([findingSignal('firing')]);
      await settle(5);
      expect(sent).to.have.length(1);
      await sink.write([findingSignal('acked')]);
      expect(sums(sink), 'one is under way, one waits').to.deep.equal({ written: 0, filtered: 0, failed: 0, held: 2 });
      for (const status of statuses) {
        await answer(status);
        const { written, filtered, failed, held } = sums(sink);
        expect(written + filtered + failed + held).to.equal(2);
        await pass(3);
      }
      expect(sent.map(({ state }) => state)).to.deep.equal(['firing', 'acked']);
      expect(sums(sink)).to.deep.equal(end);
      await sink.close();
    });
  }

  it('changes twice: what was never sent is filtered, and each is in one of the sums', async () => {
    const { opened, sent, answer, pass } = openPager(folder.path);
    const sink = await opened;
    await sink.write([findingSignal('firing')]);
    await settle(5);
    await sink.write([findingSignal('acked'), findingSignal('resolved')]);
    expect(sums(sink)).to.deep.equal({ written: 0, filtered: 1, failed: 0, held: 2 });
    await answer(200);
    await pass(1);
    await answer(200);
    expect(sent.map(({ state }) => state)).to.deep.equal(['firing', 'resolved']);
    expect(sums(sink)).to.deep.equal({ written: 2, filtered: 1, failed: 0, held: 0 });
    await sink.close();
  });

  it('is not dropped for room: of the others the oldest is', async () => {
    const { opened, answer, pass } = openPager(folder.path, { maxOutbox: 2 });
    const sink = await opened;
    await sink.write([findingSignal('firing', 'a')]);
    await settle(5);
    await sink.write([findingSignal('firing', 'b'), findingSignal('firing', 'c')]);
    expect(sums(sink)).to.deep.equal({ written: 0, filtered: 0, failed: 1, held: 2 });
    await answer(200);
    await pass(1);
    await answer(200);
    expect(sums(sink)).to.deep.equal({ written: 2, filtered: 0, failed: 1, held: 0 });
    await sink.close();
  });
});

describe('letters that wait for a receiver to come back', () => {
  const folder = temporaryFolder();

  it('all go as soon as one has got through, however long each was to wait', async () => {
    const { opened, sent, answer, pass } = openPager(folder.path, { breaker: { failureThreshold: 100 } });
    const sink = await opened;
    await sink.write(['a', 'b', 'c'].map((id) => findingSignal('firing', id)));
    await settle(5);
    // Each fails until its wait is at its longest.
    for (let failures = 0; failures < 18; failures += 1) {
      await answer(503);
      for (let i = 0; i < 60 && sent.length === failures + 1; i += 1) await pass(1);
    }
    const before = sent.length;
    await answer(200);
    await pass(1);
    expect(sent.length, 'the next is sent within a second').to.equal(before + 1);
    await answer(200);
    await pass(1);
    await answer(200);
    expect(sums(sink)).to.deep.equal({ written: 3, filtered: 0, failed: 0, held: 0 });
    await sink.close();
  });
});
