import { expect } from 'chai';
import type { Json } from '../../../src/event.ts';
import type { Finding } from '../../../src/signal.ts';
import { findMembers } from '../../../src/findings/findMembers.ts';
import { countingReceiver, messageKind, News, type NewsVerdict } from '../../../src/sinks/webhook/news.ts';
import type { Delivered } from '../../../src/sinks/webhook/receiver.ts';
import { webhookOptions } from '../../../src/sinks/webhook/options.ts';
import { changedFinding, type FindingChanges } from '../../support/findings.ts';
import { episode } from '../../support/views/viewSamples.ts';

const options = webhookOptions.parse({ format: 'json', url: 'http://127.0.0.1/' });

const base: Finding = {
  id: 'f1',
  rule: 'new-error',
  type: 'rule',
  state: 'firing',
  severity: 'critical',
  group_id: 'orders',
  title: 'could not save order <id>',
  since: '2026-03-14T03:00:00.000Z',
  updated: '2026-03-14T03:05:00.000Z',
  result: {},
};

/** A finding that chance alone opens so often a week; `needed` of the pipeline's budget. */
const byChance = (bits: number, needed: number | null, aWeek = 0.5): FindingChanges => ({
  result: { false_alarms: { allowed: '1/week', opened: 1, needed_bits: needed, bits, a_week: aWeek } },
});

describe('News', () => {
  let sent: Map<string, Delivered>;
  let waiting: Set<string>;
  let news: News;
  const finding = (changes: FindingChanges = {}): Finding => changedFinding(base, changes);

  beforeEach(() => {
    sent = new Map();
    waiting = new Set();
    news = opened();
  });

  const opened = (from?: Json, types: typeof options.types = ['rule', 'episode']) =>
    new News({ ...options, types }, { last: (id) => sent.get(id) ?? null, isWaiting: (id) => waiting.has(id) }, countingReceiver, from);

  const remember = (one: Finding) => sent.set(one.id, { content: countingReceiver.content(one), state: '', at: 0, ref: null });

  const cases: [title: string, FindingChanges, NewsVerdict][] = [
    ['what begins to fire is sent', {}, { delay: 0 }],
    ['what may yet come to nothing is not', { state: 'pending' }, { withheld: 'pending' }],
    ['a type that the sink does not take is not', { type: 'spike' }, { withheld: 'type' }],
    ['what is less severe than the sink asks is not', { severity: 'info' }, { withheld: 'severity' }],
    ['what is silenced is not', { result: { silenced_until: '2026-03-14T06:00:00.000Z' } }, { withheld: 'silenced' }],
    ['what comes of a change that settles is not', { result: { settling: 'v412' } }, { withheld: 'settling' }],
    ['a spike in which the memory finds nothing is not', { result: { steady: true } }, { withheld: 'steady' }],
    ['what chance brings more often than the pipeline allows is not', byChance(9, 12), { withheld: 'budget' }],
    ['what chance brings more rarely is', byChance(13, 12), { delay: 0 }],
    ['an error that is new is, however many there are', byChance(0, null), { delay: 0 }],
    ['what was over before it was sent is not', { state: 'resolved' }, { withheld: 'over' }],
    ['what an episode says is not', { result: { episode: { id: 'e1' } } }, { withheld: 'episode' }],
  ];
  for (const [title, changes, verdict] of cases) it(title, () => expect(news.judge(finding(changes), 0)).to.deep.equal(verdict));

  it('sends through a budget of its own only what chance opens more rarely, and keeps count over a restart', () => {
    const bounded = { ...options, falseAlarms: '2/28d' };
    const sender = (from?: Json) => new News(bounded, { last: () => null, isWaiting: () => false }, countingReceiver, from);
    const at = (id: string, aWeek: number, updated = base.updated): Finding => ({ ...finding(byChance(20, 12, aWeek)), id, updated });
    const first = sender();
    expect(first.judge(at('a', 0.6), 0)).to.deep.equal({ withheld: 'budget' });
    expect(first.judge(at('b', 0.5), 0)).to.deep.equal({ delay: 0 });
    const again = sender(first.save());
    expect(again.judge(at('c', 0.5), 0)).to.deep.equal({ withheld: 'budget' });
    expect(again.judge(at('d', 0.3), 0)).to.deep.equal({ delay: 0 });
    expect(again.judge(finding(byChance(0, null, 900)), 0)).to.deep.equal({ delay: 0 });
    expect(again.judge(finding(), 0)).to.deep.equal({ delay: 0 });
    expect(again.judge(at('e', 0.5, '2026-04-20T03:05:00.000Z'), 0)).to.deep.equal({ delay: 0 });
  });

  it('says the same once, and each new state', () => {
    remember(finding());
    expect(news.judge(finding(), 0)).to.deep.equal({ withheld: 'known' });
    expect(news.judge(finding({ state: 'resolved' }), 0)).to.deep.equal({ delay: 0 });
  });

  it('sends the end of what was sent before it was silenced', () => {
    remember(finding());
    const silenced = { result: { silenced_until: '2026-03-14T06:00:00.000Z' } };
    expect(news.judge(finding(silenced), 0)).to.deep.equal({ withheld: 'silenced' });
    expect(news.judge(finding({ ...silenced, state: 'resolved' }), 0)).to.deep.equal({ delay: 0 });
  });

  describe('about a pattern of an episode', () => {
    const topic = findMembers(episode)[0]!;
    const pattern = finding({ id: 'p1', topic_id: topic });
    const running = changedFinding(episode, { severity: 'critical', state: 'firing' });

    it('says nothing while the episode is open, and again when it is over', () => {
      news.judge(running, 0);
      expect(news.judge(pattern, 0)).to.deep.equal({ withheld: 'episode' });
      news.judge({ ...running, state: 'resolved' }, 0);
      expect(news.judge(pattern, 0)).to.deep.equal({ delay: 0 });
    });

    it('knows after a restart what was open before it', () => {
      news.judge(running, 0);
      news = opened(JSON.parse(JSON.stringify(news.save())) as Json);
      expect(news.judge(pattern, 0)).to.deep.equal({ withheld: 'episode' });
      news.judge({ ...running, state: 'resolved' }, 0);
      expect(news.save()).to.deep.equal({});
    });

    it('opens with nothing open where an older release saved none', () => {
      expect(opened(null).judge(pattern, 0)).to.deep.equal({ delay: 0 });
    });

    it('says what an episode says that this receiver is not told of', () => {
      news = opened(null, ['rule']);
      news.judge(running, 0);
      expect(news.judge(pattern, 0)).to.deep.equal({ delay: 0 });
    });
  });

  it('tells a message that begins something from one that changes or ends it', () => {
    const last = { content: '', state: '', at: 0, ref: null };
    expect([
      messageKind(finding(), null),
      messageKind(finding({ state: 'acked' }), last),
      messageKind(finding({ state: 'resolved' }), last),
    ]).to.deep.equal(['opened', 'updated', 'resolved']);
  });
});
