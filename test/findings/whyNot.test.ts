// One file, because every case is a few lines of one story.
import { expect } from 'chai';
import { toIso } from '../../src/event.ts';
import { options, readSettings } from '../../src/findings/rules/options.ts';
import { explainWhyNot, type Stage } from '../../src/findings/whyNot.ts';
import {
  makeSinkDecision,
  type BlipLine,
  type Decision,
  type FindingLine,
  type GroupLine,
  type SinkDecision,
} from '../../src/findings/whyNot/decision.ts';
import { recordBlip, recordFinding } from '../../src/findings/whyNot/record.ts';
import type { Finding } from '../../src/signal.ts';
import { findBeginning } from '../../src/findings/whyNot/evidence.ts';
import { whyNotPage } from '../../src/views/whyNot.ts';
import { blipSignal, width } from '../support/blips.ts';
import { changedFinding, type FindingChanges } from '../support/findings.ts';

const end = 100 * width;
const from = end - width;
const view = { columns: 96, color: false, ascii: false, timeZone: 'UTC' };
const rule = (when: object, more: object = {}) => [{ name: 'new-error', when, ...more }];
const newError = rule({ state: ['new', 'returning'], minLevel: 'error' });

const came = (more: Partial<GroupLine> = {}): GroupLine => ({
  kind: 'group',
  at: toIso(end),
  last: toIso(end - 1000),
  group: 'orders',
  lines: 12,
  no_level: 0,
  guessed: 0,
  late: 0,
  ...more,
});
const blip = (more: Partial<BlipLine> = {}): BlipLine => ({
  ...recordBlip(
    blipSignal('q8tj', end, { group_id: 'orders', label: 'upstream timed out', state: 'new', level: 'ERROR', count: 12, usual: 0 }).blip,
  )!,
  ...more,
});
const base: Finding = {
  id: 'f3a9',
  rule: 'new-error',
  type: 'rule',
  state: 'firing',
  severity: 'critical',
  group_id: 'orders',
  template_id: 'q8tj',
  topic_id: 'q8tj',
  title: 'upstream timed out',
  since: toIso(from + 1000),
  updated: toIso(end),
  result: {},
};
const finding = (changes: FindingChanges = {}): FindingLine => recordFinding(changedFinding(base, changes));
const sink = (kind: SinkDecision['kind'], why: string, changes: FindingChanges = {}): SinkDecision =>
  makeSinkDecision(kind, changedFinding(base, changes), {
    sink: 'pager',
    wall: toIso(end),
    why,
    ...(kind === 'sent' && { answer: '202' }),
  });
const episode: FindingChanges = {
  id: 'e7c1',
  type: 'episode',
  group_id: 'billing',
  title: 'db lost',
  result: { members: [{ topic_id: 'q8tj' }] },
};

interface Case {
  title: string;
  stops: Stage;
  says: RegExp;
  decisions: Decision[];
  rules?: object[];
  subject?: string;
  senders?: string[];
}

const cases: Case[] = [
  { title: 'a name that nothing has', subject: 'nosuch', stops: 'received', says: /is called "nosuch"/, decisions: [came()] },
  {
    title: 'a group that had stopped sending',
    stops: 'received',
    says: /the last before came at/,
    decisions: [came({ at: toIso(from - width), last: toIso(from - width) })],
  },
  {
    title: 'a group whose records were rejected',
    stops: 'read',
    says: /40 records were rejected: bad JSON/,
    decisions: [came({ at: toIso(from - width) }), { kind: 'rejected', at: toIso(end), source: 'k8s', count: 40, reason: 'bad JSON' }],
  },
  { title: 'lines that came after their window', stops: 'late', says: /after their window/, decisions: [came({ late: 12 })] },
  {
    title: 'a pattern that was not among those that stood out',
    subject: 'timed out',
    stops: 'pattern',
    says: /no pattern called/,
    decisions: [came(), blip({ at: toIso(from - width) })],
  },
  { title: 'a group in which all was as ever', stops: 'judged', says: /as often as it does/, decisions: [came()] },
  {
    title: 'another state than the rule wants',
    stops: 'rule',
    says: /state rising, not new or returning: no/,
    decisions: [came(), blip({ state: 'rising' })],
  },
  { title: 'a level below the rule', stops: 'rule', says: /min_level warn, not error: no/, decisions: [came(), blip({ level: 'WARN' })] },
  {
    title: 'a score below the rule',
    stops: 'rule',
    says: /min_score 30, not 60: no/,
    rules: rule({ minScore: 60 }),
    decisions: [came(), blip({ score: 30 })],
  },
  {
    title: 'a count below the rule',
    stops: 'rule',
    says: /min_count 12, not 50: no/,
    rules: rule({ state: 'new', minCount: 50 }),
    decisions: [came(), blip()],
  },
  {
    title: 'a group that the rule is not about',
    stops: 'rule',
    says: /group orders, not \^web: no/,
    rules: rule({ state: 'new', group: '^web' }),
    decisions: [came(), blip()],
  },
  {
    title: 'a text that the rule is not about',
    stops: 'rule',
    says: /pattern upstream timed out, not disk: no/,
    rules: rule({ pattern: 'disk' }),
    decisions: [came(), blip()],
  },
  {
    title: 'no rule about patterns',
    stops: 'rule',
    says: /no rule is about patterns/,
    rules: [{ name: 'quiet', when: { noData: true }, for: '10m' }],
    decisions: [came(), blip()],
  },
  { title: 'a group that is being learned', stops: 'warm-up', says: /being learned/, decisions: [came(), blip({ learning: true })] },
  {
    title: 'a rule that must hold for longer',
    stops: 'for',
    says: /must for 600 s/,
    decisions: [came(), blip(), finding({ state: 'pending', result: { for_ms: 600_000 } })],
  },
  { title: 'a change that settles', stops: 'settle', says: /v412/, decisions: [came(), blip(), finding({ result: { settling: 'v412' } })] },
  {
    title: 'a pattern of a change, for which nothing was opened',
    stops: 'settle',
    says: /v412/,
    rules: rule({ state: 'new' }),
    decisions: [came(), blip({ settling: 'v412', level: 'WARN' })],
  },
  {
    title: 'the usual hour',
    stops: 'usual hour',
    says: /at this hour/,
    rules: rule({ state: 'rising' }),
    decisions: [came(), blip({ state: 'rising', usual_at: toIso(0) })],
  },
  {
    title: 'a silence',
    stops: 'silence',
    says: /silenced until 2026/,
    decisions: [came(), blip(), finding({ result: { silenced_until: '2026-03-14T06:00:00.000Z' } })],
  },
  {
    title: 'an episode that says it',
    stops: 'episode',
    says: /first mover billing/,
    decisions: [came(), blip(), finding({ result: { episode: { id: 'e7c1' } } }), finding(episode), sink('sent', 'opened', episode)],
  },
  {
    title: 'a sink that takes graver ones only',
    stops: 'route',
    says: /pager take no critical ones/,
    decisions: [came(), blip(), finding(), sink('withheld', 'severity')],
  },
  {
    title: 'a sink that takes other types',
    stops: 'route',
    says: /no findings of type rule|take no findings/,
    decisions: [came(), blip(), finding(), sink('withheld', 'type')],
  },
  {
    title: 'a budget of what chance may open',
    stops: 'budget',
    says: /more often than pager may be sent/,
    decisions: [came(), blip(), finding(), sink('withheld', 'budget')],
  },
  {
    title: 'no sink that sends',
    senders: [],
    stops: 'route',
    says: /no sink of the pipeline sends/,
    decisions: [came(), blip(), finding()],
  },
  {
    title: 'an acknowledgement',
    stops: 'acked',
    says: /ann had acknowledged/,
    decisions: [came(), blip(), finding({ state: 'acked', result: { acked: { who: 'ann', at: '' } } })],
  },
  {
    title: 'a receiver that is down',
    stops: 'outbox',
    says: /waits for pager: HTTP 503/,
    decisions: [came(), blip(), finding(), sink('failed', 'HTTP 503')],
  },
  {
    title: 'a receiver that refused it',
    stops: 'answer',
    says: /never took it: HTTP 400/,
    decisions: [came(), blip(), finding(), sink('failed', 'HTTP 400'), sink('given up', 'HTTP 400')],
  },
  {
    title: 'an end before it could be sent',
    stops: 'over',
    says: /over before/,
    decisions: [came(), blip(), finding({ state: 'resolved' }), sink('withheld', 'over')],
  },
  {
    title: 'nothing: it was sent',
    stops: 'sent',
    says: /to pager: opened .+ \(202\)/,
    decisions: [came(), blip(), finding(), sink('sent', 'opened')],
  },
];

describe('why nobody was told', () => {
  for (const { title, stops, says, decisions, rules = newError, subject = 'orders', senders = ['pager'] } of cases) {
    it(`names ${title}`, () => {
      const given = readSettings(options.parse(rules)).rules;
      const found = explainWhyNot({ subject, from, to: end, rules: given, senders, decisions });
      const last = found.steps.find((step) => step.stopped) ?? found.steps.at(-1)!;
      expect(found.stopped, JSON.stringify(found.steps)).to.equal(stops);
      expect(last.text).to.match(says);
    });
  }

  it('lets a finding of another time alone', () => {
    const before = [
      finding({ since: toIso(0), updated: toIso(width) }),
      finding({ since: toIso(0), updated: toIso(2 * width), state: 'resolved' }),
    ];
    const { stopped } = explainWhyNot({ subject: 'orders', from, to: end, rules: [], senders: [], decisions: [...before, came()] });
    expect(stopped).to.equal('judged');
  });

  it('is found by the beginning of an id, by words and by the group', () => {
    const { rules } = readSettings(options.parse(newError));
    for (const subject of ['q8', 'TIMED out', 'orders', 'f3a9'])
      expect(
        explainWhyNot({ subject, from, to: end, rules, senders: ['pager'], decisions: [came(), blip(), finding(), sink('sent', 'opened')] })
          .stopped,
        subject,
      ).to.equal('sent');
  });

  it('lists what was sent to one in one line, the last of each kind', () => {
    const decisions = [
      came(),
      blip(),
      finding(),
      sink('sent', 'opened'),
      sink('sent', 'updated'),
      sink('sent', 'updated'),
      sink('sent', 'resolved'),
    ];
    const { rules } = readSettings(options.parse(newError));
    const { steps } = explainWhyNot({ subject: 'orders', from, to: end, rules, senders: ['pager'], decisions });
    const sent = steps.filter(({ stage }) => stage === 'sent').map(({ text }) => text);
    expect(sent).to.have.lengthOf(1);
    expect(sent[0]).to.match(/^to pager: opened \S+ \S+Z \(202\), updated \S+Z \(202\), resolved \S+Z \(202\)$/);
  });

  it('knows when what an id names began: the newest finding of it, and never a group that is called so', () => {
    const decisions = [came(), finding({ id: 'abcd11', since: toIso(5) }), finding({ id: 'abcd22', since: toIso(9) })];
    expect([findBeginning('abcd', decisions), findBeginning('abcd1', decisions)]).to.deep.equal([9, 5]);
    expect([findBeginning('abc', decisions), findBeginning('orders', decisions), findBeginning('zzzz', decisions)]).to.deep.equal([
      null,
      null,
      null,
    ]);
  });

  it('is a page with a line a step', () => {
    const { rules } = readSettings(options.parse(newError));
    const page = whyNotPage(
      explainWhyNot({ subject: 'orders', from, to: end, rules, senders: [], decisions: [came(), blip({ level: 'WARN' })] }),
      view,
    );
    expect(page.map((text) => text.slice(0, 40))).to.deep.equal([
      'WHY NOT  orders                         ',
      'received    12 lines, newest 1970-01-01T',
      'read        level known in 12 of 12, tim',
      'pattern     q8tj  upstream timed out  WA',
      'judged      new, 30.0 bits of more or le',
      'rule        new-error  state new: yes  w',
    ]);
    expect(page.at(-1)).to.match(/ {3}<- stopped here$/);
    expect(Math.max(...page.map((text) => text.length))).to.be.at.most(96);
  });
});
