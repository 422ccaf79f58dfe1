import { expect } from 'chai';
import { from, toArray } from 'rxjs';
import { rules } from '../../../operators/rules.ts';
import type { Flow } from '../../../src/kernel/defineOperator.ts';
import type { FindingSignal, Signal } from '../../../src/signal.ts';
import { blipSignal, eventOf } from '../../support/blips.ts';

const minute = 60_000;
const hour = 60 * minute;
const quiet: Parameters<typeof rules>[0] = [{ name: 'went-quiet', when: { noData: true }, for: '10m' }];

/** A group that speaks every minute from one time to another, with the blips of its windows. */
function speaks(group: string, begin: number, end: number): Signal[] {
  const out: Signal[] = [];
  for (let at = begin; at < end; at += minute) out.push(eventOf(group, at));
  for (let at = begin + 5 * minute; at <= end; at += 5 * minute) out.push(blipSignal('p', at, { group_id: group }));
  return out;
}
/** Hours at which a silence was told. */
function told(...signals: Signal[][]): number[] {
  let out: Flow[] = [];
  from<Flow[]>(signals.flat().toSorted((a, b) => a.time - b.time))
    .pipe(rules(quiet), toArray())
    .subscribe((all) => (out = all));
  const findings = out.filter((s): s is FindingSignal => s.kind === 'finding');
  const firing = findings.filter(({ finding }) => finding.state === 'firing');
  return firing.map(({ time }) => Math.round((10 * time) / hour) / 10);
}
const others = (hours: number) => speaks('busy', 0, hours * hour);

describe('the silence of a group', () => {
  it('is told of one that was there from the start', () => {
    expect(told(others(4), speaks('a', 0, hour))).to.deep.equal([1.2]);
  });

  it('is not told within a day of one that came later and is back before that: its hours are not known', () => {
    expect(told(others(40), speaks('office', 8 * hour, 18 * hour), speaks('office', 32 * hour, 40 * hour))).to.deep.equal([]);
  });

  it('is told of such a one a day after it came, if it is not back by then', () => {
    expect(told(others(40), speaks('a', 8 * hour, 18 * hour))).to.deep.equal([32.2]);
  });

  it('is told at once of such a one that spoke for more than a day', () => {
    expect(told(others(60), speaks('a', 8 * hour, 50 * hour))).to.deep.equal([50.2]);
  });
});
