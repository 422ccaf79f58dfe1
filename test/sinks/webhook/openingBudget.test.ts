import { expect } from 'chai';
import fc from 'fast-check';
import { toIso } from '../../../src/event.ts';
import type { Finding } from '../../../src/signal.ts';
import { OpeningBudget } from '../../../src/sinks/webhook/openingBudget.ts';
import { findingSignal } from '../../support/blips.ts';

const DAY = 86_400_000;
/** Something new at a day, which chance opens so often a week. */
const opening = (day: number, aWeek: number): Finding =>
  findingSignal('s', 0, {
    updated: toIso(day * DAY),
    result: { false_alarms: { allowed: '1/day', opened: 1, needed_bits: 8, bits: 9, a_week: aWeek } },
  }).finding;

describe('OpeningBudget', () => {
  it('asks for half as much by chance once as much was sent as is allowed, until its time is over', () => {
    const budget = new OpeningBudget('1/week', null);
    expect(budget.admits(opening(0, 1))).to.equal(true);
    budget.open(opening(0, 1));
    expect([budget.admits(opening(3, 1)), budget.admits(opening(3, 0.5)), budget.admits(opening(7, 1))]).to.deep.equal([false, true, true]);
  });

  it('counts nothing that is no matter of chance', () => {
    const budget = new OpeningBudget('1/week', null);
    const other = findingSignal('s', 0, { updated: toIso(0) }).finding;
    budget.open(other);
    expect([budget.admits(other), budget.save()]).to.deep.equal([true, []]);
  });

  it('lets chance have no more than it allows, however much comes (property)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 0, max: 60, noNaN: true }), fc.double({ min: 0.001, max: 50, noNaN: true }))),
        (all) => {
          let budget = new OpeningBudget('2/week', null);
          const sent: number[] = [];
          for (const [day, aWeek] of all.sort(([a], [b]) => a - b)) {
            const before = sent.filter((at) => day - at < 7).length;
            const isSent = budget.admits(opening(day, aWeek));
            // Openings of one threshold come by chance as often as it says: the n-th needs one of 2 / n a week.
            expect(isSent).to.equal(aWeek <= 2 / (1 + before / 2) + 1e-9 && aWeek * (1 + before / 2) <= 2);
            if (isSent) sent.push(Number(toDays(opening(day, aWeek))));
            if (isSent) budget.open(opening(day, aWeek));
            budget = new OpeningBudget('2/week', budget.save());
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});

const toDays = ({ updated }: Finding): number => Date.parse(updated) / DAY;
