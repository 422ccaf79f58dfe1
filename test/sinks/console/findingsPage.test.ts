import { expect } from 'chai';
import type { Finding } from '../../../src/signal.ts';
import { FindingsPage } from '../../../src/sinks/console/findingsPage.ts';
import { width } from '../../../src/views/text/text.ts';
import type { ViewOptions } from '../../../src/views/text/viewOptions.ts';
import { spike } from '../../support/views/viewSamples.ts';
import { changedFinding, type FindingChanges } from '../../support/findings.ts';

const view: ViewOptions = { columns: 96, color: false, ascii: false, timeZone: 'UTC' };
const at = (minute: number, day = 4) => new Date(Date.UTC(2026, 4, day, 10, minute)).toISOString();
const since = at(0);
const found = (some: FindingChanges = {}): Finding => changedFinding(spike, { since, updated: since, ...some });
/** Pages begin with FINDING, lines with a time. */
const kinds = (lines: readonly string[]) =>
  lines.flatMap((text) => (/^FINDING {2}(\w+)/.exec(text) ?? /^(\d\d:\d\d):\d\dZ {2}\w+ {2}(?:\w+)/.exec(text))?.[1] ?? []);

describe('FindingsPage', () => {
  it('gives a line for what begins, with the page of it, and a line for its end', () => {
    const page = new FindingsPage(() => view);
    const begins = page.take([found()]);
    expect(begins.slice(0, 3)).to.deep.equal([
      '2026-05-04  UTC',
      '10:00:00Z  f3a9  firing  warning  app:orders  Retry <n> of 5 for order <id>',
      '',
    ]);
    expect(begins[3]).to.match(/^FINDING {2}f3a9 {2}spike, up {7}firing, since 10:00:00Z +warning$/);
    expect(begins.at(-1)).to.equal('');
    expect(page.take([found({ state: 'resolved', updated: at(10) })])).to.deep.equal([
      '10:10:00Z  f3a9  resolved 10m  warning  app:orders  Retry <n> of 5 for order <id>',
    ]);
  });

  it('has a page only where nothing worse was known of the same thing', () => {
    const page = new FindingsPage(() => view);
    const one = (id: string, severity: Finding['severity'], minute: number, group = 'a') =>
      found({ id, severity, group_id: group, updated: at(minute), since: at(minute) });
    expect(kinds(page.take([one('w111', 'warning', 1), one('c222', 'critical', 1), one('i333', 'info', 2)]))).to.deep.equal([
      '10:01',
      '10:01',
      'c222',
      '10:02',
    ]);
    expect(kinds(page.take([one('c444', 'critical', 3), one('w555', 'warning', 3, 'b')]))).to.deep.equal([
      '10:03',
      '10:03',
      'c444',
      'w555',
    ]);
  });

  it('does not tell again what only has new numbers, and tells who answered', () => {
    const page = new FindingsPage(() => view);
    page.take([found({ title: 'Retry' })]);
    expect(page.take([found({ title: 'Retry', updated: at(5), result: { ...spike.result, value: 9 } })])).to.deep.equal([]);
    const acked = { who: 'ana', at: at(6), note: 'on it' };
    expect(page.take([found({ title: 'Retry', state: 'acked', updated: at(6), result: { ...spike.result, acked } })])).to.deep.equal([
      '10:06:00Z  f3a9  acked 6m  warning  app:orders  Retry: by ana: "on it"',
    ]);
  });

  it('shows what is silenced as a line, and its page once it is heard again', () => {
    const page = new FindingsPage(() => view);
    const silenced = found({ title: 'Retry', result: { ...spike.result, silenced_until: at(30) } });
    expect(page.take([silenced])).to.deep.equal([
      '2026-05-04  UTC',
      '10:00:00Z  f3a9  firing  warning  app:orders  Retry: silenced until 10:30:00Z',
    ]);
    expect(kinds(page.take([found({ title: 'Retry', updated: at(30) })]))).to.deep.equal(['10:30', 'f3a9']);
  });

  it('names a date once, and ends a flood of one moment after three pages', () => {
    const page = new FindingsPage(() => view);
    const flood = Array.from({ length: 9 }, (_, i) => found({ id: `x${i}xx`, group_id: `g${i}` }));
    const lines = page.take(flood);
    expect(kinds(lines).filter((kind) => kind.startsWith('x'))).to.deep.equal(['x0xx', 'x1xx', 'x2xx']);
    expect(lines).to.include('6 more of this moment: caducus explain ID shows the page of each.');
    expect(page.take([found({ id: 'y', updated: at(0, 5) })])[0]).to.equal('2026-05-05  UTC');
  });

  it('never prints beyond the columns, and ends a line with its numbers whole or not at all', () => {
    for (const columns of [54, 80, 96]) {
      const lines = new FindingsPage(() => ({ ...view, columns })).take([found({ title: 'Retry' })]);
      expect(lines.filter((text) => width(text) > columns)).to.deep.equal([]);
      expect(lines[1]).to.match(columns < 60 ? /Retry$/ : /Retry: [\d,.]+, usual [\d,.]+ \([\d.]+x\)$/);
    }
  });

  it('tells each transition of a breaker, with the page of its opening', () => {
    const moved = (to: string, minute: number, more = {}): Finding => ({
      id: 'b51e',
      rule: 'breaker',
      type: 'breaker',
      state: to === 'closed' ? 'resolved' : 'firing',
      severity: 'warning',
      group_id: 'pay',
      title: `breaker ${to}, so`,
      since,
      updated: at(minute),
      result: {
        name: 'pay',
        from: 'closed',
        to,
        at: at(minute),
        generation: 2,
        why: '',
        reason: '',
        retry_at: null,
        waits_ms: [],
        probes: 1,
        held: 0,
        effect: null,
        ...more,
      },
    });
    const lines = new FindingsPage(() => view).take([
      moved('open', 0, { retry_at: at(1) }),
      moved('half_open', 1),
      moved('closed', 2, { held: 7 }),
    ]);
    expect(lines.filter((text) => /^\d\d:|^BREAKER/.test(text))).to.deep.equal([
      '10:00:00Z  b51e  firing  warning  pay  breaker open, so: retry 10:01:00Z',
      'BREAKER  pay  closed -> open                            generation 2         10:00:00.000Z',
      '10:01:00Z  b51e  firing 1m  warning  pay  breaker half_open, so: 1 probe allowed',
      '10:02:00Z  b51e  resolved 2m  warning  pay  breaker closed, so: 7 held back',
    ]);
  });

  it('names on the page the change that came before', () => {
    const lines = new FindingsPage(() => view).take([found({ result: { ...spike.result, change: { at: at(-10), text: 'orders v412' } } })]);
    expect(lines).to.include('  change     orders v412 at 09:50Z, 10m before');
  });
});
