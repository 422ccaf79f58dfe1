import { expect } from 'chai';
import { Collected } from '../../../src/cli/collect/collected.ts';
import { CaducusError } from '../../../src/errors.ts';
import type { RunReport } from '../../../src/run/report.ts';
import type { Signal } from '../../../src/signal.ts';

const event = (time: number, group: string, expires?: unknown) =>
  ({ kind: 'event', time, key: '', event: { group_id: group, metadata: { expires_at: expires } } }) as unknown as Signal;
const seen = (...signals: Signal[]) => {
  const collected = new Collected('auth', 'cloudwatch-logs');
  for (const signal of signals) collected.see(signal);
  return collected;
};
const report = (reason: string, removed?: unknown) => ({ reason, sinks: [{ figures: { removed } }] }) as unknown as RunReport;

describe('what a collector has brought', () => {
  it('is counted by group, most first, then by name', () => {
    const { groups, events } = seen(event(5, 'b'), event(5, 'c'), event(5, 'a'), event(5, 'c')).record();
    expect([events, groups.map(({ group_id: group, events: many }) => `${group}${many}`).join(' ')]).to.deep.equal([4, 'c2 a1 b1']);
  });

  it('reaches from the oldest to the newest, in whichever order they came; what is rejected has no part in it', () => {
    const { first, last, rejected, events } = seen(
      event(2000, 'a'),
      event(1000, 'a'),
      event(3000, 'a'),
      { kind: 'rejected', time: 9000 } as unknown as Signal,
      { kind: 'tick', time: 9000 } as unknown as Signal,
    ).record();
    expect([first, last, rejected, events]).to.deep.equal(['1970-01-01T00:00:01.000Z', '1970-01-01T00:00:03.000Z', 1, 3]);
    expect(seen().record()).to.deep.include({ first: null, last: null, events: 0, groups: [], state: 'running' });
  });

  it('is lost at its source when the first of it is', () => {
    const collected = seen(event(1, 'a', '2026-03-14'), event(2, 'a', '2026-03-12'), event(3, 'a', 7), event(4, 'a', '2026-03-13'));
    expect(collected.record().first_expires).to.equal('2026-03-12');
    expect(seen(event(1, 'a')).record()).to.not.have.property('first_expires');
  });

  it('has a thousand groups by name, the events of all others as one', () => {
    const many = Array.from({ length: 1002 }, (_, i) => event(1, `g${i}`));
    const { groups } = seen(...many, event(1, 'g0'), event(1, 'g1001')).record();
    expect([groups.length, groups[0], groups[1]]).to.deep.equal([
      1001,
      { group_id: '(other groups)', events: 3 },
      { group_id: 'g0', events: 2 },
    ]);
  });

  it('is news once', () => {
    const collected = seen(event(1000, 'a'), event(0, 'a'));
    expect([collected.news(), collected.news()]).to.deep.equal(['auth: 2 events, newest 1970-01-01T00:00:01Z', null]);
    collected.see(event(500, 'a'));
    expect(collected.news()).to.equal('auth: 1 events, newest 1970-01-01T00:00:01Z');
  });

  it('ends as its run does, or with what went wrong', () => {
    const ended = (end: (one: Collected) => void) => {
      const one = seen();
      end(one);
      const { state, removed, error } = one.record();
      return [state, removed, error?.code, error?.what];
    };
    expect(ended((one) => one.done(report('stopped', 3)))).to.deep.equal(['stopped', 3, undefined, undefined]);
    expect(ended((one) => one.done(report('end', 'x')))).to.deep.equal(['done', 0, undefined, undefined]);
    expect(ended((one) => one.fail(new CaducusError('CAD062', {}, 'no')))).to.deep.equal(['failed', 0, 'CAD062', 'no']);
    expect(ended((one) => one.fail(new Error('broke')))).to.deep.equal(['failed', 0, 'CAD001', 'broke']);
    expect(ended((one) => one.fail('odd'))).to.deep.equal(['failed', 0, 'CAD001', 'odd']);
  });
});
