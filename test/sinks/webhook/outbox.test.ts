import { expect } from 'chai';
import type { Finding, FindingState, Severity } from '../../../src/signal.ts';
import { Outbox } from '../../../src/sinks/webhook/outbox.ts';

const finding = (id: string, state: FindingState, severity: Severity): Finding => ({
  id,
  rule: 'new-error',
  type: 'rule',
  state,
  severity,
  group_id: 'orders',
  title: id,
  since: '2026-03-14T03:00:00.000Z',
  updated: '2026-03-14T03:00:00.000Z',
  result: {},
});

/** The order in which all that waits is sent. */
function order(outbox: Outbox): string[] {
  const ids: string[] = [];
  for (let letter = outbox.next(0); letter; letter = outbox.next(0)) {
    ids.push(letter.finding.id);
    outbox.settle(letter, letter.finding);
  }
  return ids;
}

describe('Outbox', () => {
  it('sends what nobody knows of before what is over or known, and of those the worst first', () => {
    const outbox = new Outbox(null);
    outbox.remember('known', { content: 'firing critical', state: 'firing critical', at: 0, ref: null });
    outbox.put(finding('over', 'resolved', 'critical'), 0);
    outbox.put(finding('known', 'acked', 'critical'), 0);
    outbox.put(finding('new-warning', 'firing', 'warning'), 0);
    outbox.put(finding('new-critical', 'firing', 'critical'), 0);
    expect(order(outbox)).to.deep.equal(['new-critical', 'new-warning', 'over', 'known']);
  });

  it('sends one that waits for its time when nothing else is due', () => {
    const outbox = new Outbox(null);
    outbox.put(finding('later', 'firing', 'critical'), 9_000);
    outbox.put(finding('soon', 'firing', 'warning'), 5_000);
    expect(outbox.next(0)).to.deep.include({ notBefore: 5_000 });
  });

  it('keeps what was sent under the keys of older releases', () => {
    const kept = { said: 'firing critical', state: 'firing critical', at: 5, ref: { channel: 'C' } };
    const outbox = new Outbox({ letters: [], delivered: [['a', kept]] });
    expect(outbox.last('a')).to.include({ content: 'firing critical', at: 5 });
    expect(outbox.save()).to.deep.equal({ letters: [], delivered: [['a', kept]] });
  });
});
