import { expect } from 'chai';
import { from, toArray } from 'rxjs';
import { rules } from '../../../operators/rules.ts';
import type { Flow } from '../../../src/kernel/defineOperator.ts';
import type { FindingSignal, Signal } from '../../../src/signal.ts';
import { seeded } from '../../../bench/support/seeded.ts';
import { blipSignal, eventOf } from '../../support/blips.ts';

const minute = 60_000;
const hour = 60 * minute;
const quiet: Parameters<typeof rules>[0] = [{ name: 'went-quiet', when: { noData: true }, for: '10m' }];

/** A group that speaks every minute from one time to another, with the blips of its windows; some of its lines by their time. */
function speaks(group: string, begin: number, end: number, texts: Record<number, string> = {}): Signal[] {
  const out: Signal[] = [];
  for (let at = begin; at < end; at += minute) {
    const signal = eventOf(group, at);
    out.push({ ...signal, event: { ...signal.event, text: texts[at] ?? signal.event.text } });
  }
  for (let at = begin + 5 * minute; at <= end; at += 5 * minute) out.push(blipSignal('p', at, { group_id: group }));
  return out;
}
/** Findings that fire, in the order in which they were handed on. */
function firing(...signals: Signal[][]): FindingSignal[] {
  let out: Flow[] = [];
  from<Flow[]>(signals.flat().toSorted((a, b) => a.time - b.time))
    .pipe(rules(quiet), toArray())
    .subscribe((all) => (out = all));
  const findings = out.filter((s): s is FindingSignal => s.kind === 'finding');
  return findings.filter(({ finding }) => finding.state === 'firing');
}
const inHours = (time: number): number => Math.round((10 * time) / hour) / 10;
/** Hours at which a silence was told as something that is wrong. */
const told = (...signals: Signal[][]): number[] =>
  firing(...signals).flatMap(({ time, finding }) => (finding.severity === 'info' ? [] : [inHours(time)]));
const others = (hours: number) => speaks('busy', 0, hours * hour);

describe('the silence of a group', () => {
  it('is told of one that was there from the start', () => {
    expect(told(others(4), speaks('a', 0, hour))).to.deep.equal([1.2]);
  });

  it('is told as late as chance asks for where the group has long gaps of its own', () => {
    // A line a minute on average, with gaps as chance makes them: one of ten minutes comes every other day.
    const draw = seeded(5);
    const days = 3;
    const chancy: Signal[] = [];
    for (let at = 0; at < days * 24 * hour; at -= Math.log(1 - draw()) * minute) chancy.push(eventOf('a', Math.floor(at)));
    for (let at = 5 * minute; at <= days * 24 * hour; at += 5 * minute) chancy.push(blipSignal('p', at, { group_id: 'a' }));
    const hours = told(others(days * 24 + 3), chancy);
    expect(hours.filter((at) => at > 24 && at < days * 24)).to.deep.equal([]);
    expect(hours.at(-1)).to.be.within(days * 24 + 0.2, days * 24 + 0.6);
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

  it('is shown of one that came later as soon as it is missed, and is graver a day after it came', () => {
    const found = firing(others(40), speaks('a', 8 * hour, 18 * hour));
    expect(found.map(({ time, finding }) => [inHours(time), finding.severity])).to.deep.equal([
      [18.2, 'info'],
      [32.2, 'warning'],
    ]);
    expect(new Set(found.map(({ finding }) => finding.id)).size).to.equal(1);
  });

  const starting = 'listening on 8080';
  const stopping = 'received SIGTERM, draining';
  it('is told of one that came later and said that it was starting', () => {
    expect(told(others(40), speaks('a', 8 * hour, 18 * hour, { [8 * hour]: starting }))).to.deep.equal([18.2]);
  });

  it('is only shown of one that said later on that it was stopping, or starting again', () => {
    expect(told(others(30), speaks('a', 8 * hour, 18 * hour, { [8 * hour]: starting, [18 * hour - minute]: stopping }))).to.deep.equal([]);
    expect(told(others(30), speaks('a', 8 * hour, 18 * hour, { [12 * hour]: starting }))).to.deep.equal([]);
  });
});
