import { expect } from 'chai';
import { answerWhyNot } from '../../../src/cli/recall/answerWhyNot.ts';
import type { OpenDecisions } from '../../../src/cli/recall/openDecisions.ts';
import { toIso } from '../../../src/event.ts';
import { recordFinding } from '../../../src/findings/whyNot/record.ts';
import type { GroupLine } from '../../../src/findings/whyNot/decision.ts';

const minute = 60_000;
const lines = (at: number): GroupLine => ({
  kind: 'group',
  at: toIso(at),
  last: toIso(at - 1),
  group: 'orders',
  lines: 12,
  no_level: 0,
  guessed: 0,
  late: 0,
});
const finding = recordFinding({
  id: 'f3a9bbbb',
  rule: 'new-error',
  type: 'rule',
  state: 'firing',
  severity: 'critical',
  group_id: 'orders',
  template_id: 'q8tj',
  topic_id: 'q8tj',
  title: 'upstream timed out',
  since: toIso(12 * minute),
  updated: toIso(13 * minute),
  result: {},
});
const opened: OpenDecisions = {
  head: { pipeline: 'p', rules: [{ name: 'new-error', when: { state: 'new' } }], sinks: [{ id: 'pager', sends: true }] },
  decisions: [lines(5 * minute), finding, lines(15 * minute), lines(60 * minute)],
  newest: 60 * minute,
};

describe('answerWhyNot', () => {
  const stretch = (subject: string, at: number | null, lasting?: number) => {
    const { from, to } = answerWhyNot(opened, { subject, at, lasting });
    return [Date.parse(from) / minute, Date.parse(to) / minute];
  };

  it('asks about the time that is given, else about when what the id names began, else about the newest', () => {
    expect(stretch('orders', 3 * minute)).to.deep.equal([0, 5]);
    expect(stretch('f3a9', null)).to.deep.equal([10, 15]);
    expect(stretch('f3a9', 3 * minute)).to.deep.equal([0, 5]);
    expect(stretch('orders', null)).to.deep.equal([55, 60]);
    expect(stretch('orders', 3 * minute, 20 * minute)).to.deep.equal([0, 20]);
  });

  it('knows the rules and the sinks that send of what ran', () => {
    expect(answerWhyNot(opened, { subject: 'f3a9', at: null })).to.include({ stopped: 'route' });
  });
});
