import { expect } from 'chai';
import { createLedger, type Notice } from '../../../src/safeguards/budget/ledger.ts';
import type { BudgetFinding } from '../../../src/signal.ts';
import { budgetFinding } from '../../../src/views/budget/budgetFinding.ts';
import { width } from '../../../src/views/text/text.ts';
import type { ViewOptions } from '../../../src/views/text/viewOptions.ts';
import { finding as findingPage } from '../../../src/views/finding/finding.ts';
import { changedFinding } from '../../support/findings.ts';

const ms = (iso: string) => Date.parse(iso);
const now = ms('2026-03-14T03:15:00Z');
const view: ViewOptions = { columns: 96, color: false, ascii: false, timeZone: 'UTC', now };

/** Amount, time, name; what comes behind them comes late. */
type Entry = [string, string, string?];
const steady = (from: string, to: string, entries: number, each: string): Entry[] =>
  Array.from({ length: entries }, (_, i) => [each, new Date(ms(from) + ((ms(to) - ms(from)) * i) / entries).toISOString()]);

/** A month of 12,000 USD whose spend runs hot on the evening of the 13th. */
const entries: Entry[] = [
  ...steady('2026-03-01T05:00:00Z', '2026-03-11T03:00:00Z', 240, '15'),
  ['-12', '2026-03-08T12:00:00Z'],
  ...steady('2026-03-11T03:30:00Z', '2026-03-13T21:00:00Z', 66, '15'),
  ['503.4', '2026-03-13T22:10:00Z', 'gpt-large'],
  ['29.2', '2026-03-14T00:01:00Z', 'other'],
  ['50.8', '2026-03-14T02:41:00Z', 'embeddings'],
  ['18.7', '2026-03-14T02:47:00Z', 'gpt-large'],
  ['1.3', '2026-03-14T02:48:00Z', 'embeddings'],
  ['19.6', '2026-03-14T02:57:00Z', 'gpt-large'],
  ['19.6', '2026-03-14T03:07:00Z', 'gpt-large'],
];
const late: Entry[] = [
  ['10.2', '2026-03-05T12:00:00Z'],
  ['10', '2026-03-06T12:00:00Z'],
];

function hotMarch(): { finding: BudgetFinding; notices: Notice[] } {
  const ledger = createLedger({ limit: '12000', currency: 'USD', timeZone: 'America/New_York' });
  const state = ledger.start('ingest-llm');
  const notices: Notice[] = [];
  const take = ([amount, at, name]: Entry, id: string, when: number) => {
    notices.push(...ledger.advance(state, when));
    const record = {
      id,
      source: 'meter',
      key: 'ingest-llm',
      kind: 'delta' as const,
      amount,
      currency: 'USD',
      eventTime: ms(at),
      name,
    };
    notices.push(...ledger.record(state, record, when).notices);
  };
  entries.toSorted(([, a], [, b]) => ms(a) - ms(b)).forEach((entry, i) => take(entry, `r${i}`, ms(entry[1])));
  late.forEach((entry, i) => take(entry, `late${i}`, now - 1));
  notices.push(...ledger.advance(state, now));
  const fast = notices.find(({ rule }) => rule === 'burn:fast')!;
  const result = ledger.describe(state, now, fast);
  const since = new Date(fast.since).toISOString();
  return {
    notices,
    finding: {
      id: 'b51ek2m4n6p8',
      rule: 'budget:burn:fast',
      type: 'budget',
      state: 'firing',
      severity: 'critical',
      group_id: 'ingest-llm',
      title: 'budget, burn rate',
      since,
      updated: new Date(now).toISOString(),
      result: { ...result, change: { text: 'ingest v411', at: '2026-03-13T20:58:00Z' } },
    },
  };
}

describe('budgetFinding', () => {
  const { finding, notices } = hotMarch();
  const drawn = (over: Partial<ViewOptions> = {}) => budgetFinding(finding, { ...view, ...over });

  it('shows a month that burns too fast, at a glance', () => {
    expect(drawn()).to.deep.equal([
      'FINDING  b51e  budget, burn rate       firing 25m, since 02:50:00Z                critical',
      'ingest-llm     March 2026, America/New_York (743h)     41.8 % of the time has passed',
      '',
      '  limit        12,000.00 USD',
      '  spent         5,240.80 USD   43.7 %   █████████████·················   even pace 5,010.77',
      '  left          6,759.20 USD            lasts 63h at the 6h pace, to Mon 16 Mar 14:21 EDT',
      '',
      '  burn rate    long window          short window         fires above   state',
      '    fast       6h     642.60  6.6x  30m     59.20  7.3x         6.2x   firing, critical',
      '    slow       3d   1,632.60  1.4x  6h     642.60  6.6x         1.0x   firing, warning',
      '',
      '  forecast     end of March 13,900 USD, 80 % between 11,300 and 16,900; P(breach) 0.80',
      '               if the pace fell back to normal now: 11,732, within the limit',
      '  thresholds   actual 50 % in 7h; 90 % warning and 100 % breach not reached;',
      '               forecast above 100 % breach',
      '  where (6h)   gpt-large 561.30 (87 %), embeddings 52.10 (8 %), other 29.20 (5 %)',
      '  change       ingest v411 at 20:58Z, 6h 17m before',
      '  data         complete to 03:15:00Z; 0 rejected, 2 late, 1 credit of -12.00 included',
      '',
      'caducus explain b51e      caducus ack b51e --for 1h --note "..."',
    ]);
  });

  it('rests on findings that fired in this order', () => {
    expect(notices.map(({ rule, state, at }) => `${new Date(at).toISOString().slice(5, 16)} ${rule} ${state}`)).to.deep.equal([
      '03-13T22:15 burn:slow firing',
      '03-13T22:15 forecasted:1 firing',
      '03-14T02:50 burn:fast firing',
    ]);
  });

  it('leaves out what has no room, and never passes the width', () => {
    for (const columns of [96, 90, 80, 70, 60]) {
      expect(Math.max(...drawn({ columns }).map(width)), `${columns} columns`).to.be.at.most(columns);
    }
    expect(drawn({ columns: 80 })[9]).to.equal('    fast       6h     642.60  6.6x  30m     59.20  7.3x   6.2x   firing');
    expect(drawn({ columns: 60 }).join('\n')).to.contain('    fast       6h   6.6x     30m  7.3x      6.2x   firing');
  });

  it('can be read without anything but ASCII', () => {
    expect(drawn({ ascii: true }).join('')).to.match(/^[\x20-\x7e]*$/);
  });

  it('says when it knows too little to forecast', () => {
    const ledger = createLedger({ limit: '10', currency: 'USD', burn: [] });
    const state = ledger.start('k');
    ledger.record(state, { id: '1', source: 's', key: 'k', kind: 'delta', amount: '0.000004', currency: 'USD', eventTime: now }, now);
    const result = ledger.describe(state, now);
    const lines = budgetFinding({ ...finding, result }, view);
    expect(lines.find((line) => line.includes('forecast'))).to.contain('low confidence: 0 full buckets, 3 needed');
    expect(lines.find((line) => line.includes('spent'))).to.contain('0.0000040 USD');
  });

  it('is not drawn from a result that is no budget', () => {
    const page = findingPage(changedFinding(finding, { result: { limit: 'much' } }), view);
    expect(page.join('\n')).to.match(/limit +much/);
  });
});
