import { expect } from 'chai';
import fc from 'fast-check';
import type { ProcessFigures } from '../../../src/cli/telemetry/figures.ts';
import { leastPause, listWarnings, lookForWarnings, startWarnings, type Warnings } from '../../../src/cli/telemetry/warnings.ts';
import { noCounts } from '../../../src/memory/memoryCounts.ts';
import type { RunFigures } from '../../../src/run/report.ts';

const start = Date.UTC(2026, 2, 14, 3);
const nothing: ProcessFigures = { checkpoints: { count: 0, failures: 0, bytes: 0 }, patterns: {}, top: [], memory: noCounts, warnings: [] };

interface Sums {
  accepted?: number;
  rejected?: number;
  late?: number;
  ahead?: boolean;
  failed?: number;
}
const figures = ({ accepted = 0, rejected = 0, late = 0, ahead = false, failed = 0 }: Sums): RunFigures => ({
  newest: null,
  watermark: null,
  live: true,
  report: {
    pipeline: 'p',
    reason: 'stopped',
    took: 0,
    first: null,
    last: null,
    sources: [{ id: 'app', read: accepted + rejected, accepted, rejected, duplicate: 0, ...(ahead && { ahead: true as const }) }],
    operators: [],
    sinks: [{ id: 'page', from: [], offered: 0, note: '', figures: {}, written: 0, filtered: 0, held: 0, failed }],
    late,
    rejected: rejected > 0 ? [{ reason: 'broken JSON', count: rejected, example: 'app.log:1' }] : [],
    windows: 0,
    patterns: 0,
    newPatterns: 0,
    findings: 0,
    episodes: 0,
  },
});
const look = (state: Warnings, sums: Sums, after: number) =>
  lookForWarnings(state, figures(sums), nothing, start + after).map(({ kind, component, fresh, count }) => ({
    kind,
    component,
    fresh,
    count,
  }));

describe('warnings of a run that goes on', () => {
  it('are given at once, then no more than one a minute, with how many came meanwhile', () => {
    const state = startWarnings();
    expect(look(state, { rejected: 2 }, 0)).to.deep.equal([{ kind: 'rejected', component: 'app', fresh: 2, count: 2 }]);
    expect(look(state, { rejected: 5 }, 2000)).to.deep.equal([]);
    expect(look(state, { rejected: 9 }, 4000)).to.deep.equal([]);
    expect(look(state, { rejected: 9 }, leastPause)).to.deep.equal([{ kind: 'rejected', component: 'app', fresh: 7, count: 9 }]);
    expect(look(state, { rejected: 9 }, 10 * leastPause)).to.deep.equal([]);
  });

  it('of late events come where they are more than one in a hundred of what came', () => {
    const state = startWarnings();
    expect(look(state, { accepted: 1000, late: 10 }, 0)).to.deep.equal([]);
    expect(look(state, { accepted: 1100, late: 12 }, 2000)).to.deep.equal([{ kind: 'late', component: '', fresh: 12, count: 12 }]);
  });

  it('are of a clock that is the odd one, and of messages that were given up', () => {
    expect(look(startWarnings(), { ahead: true, failed: 3 }, 0)).to.deep.equal([
      { kind: 'ahead', component: 'app', fresh: 1, count: 1 },
      { kind: 'given_up', component: 'page', fresh: 3, count: 3 },
    ]);
  });

  it('stay listed with their first and last time, the latest first', () => {
    const state = startWarnings();
    look(state, { rejected: 2 }, 0);
    look(state, { rejected: 2, failed: 1 }, 60_000);
    look(state, { rejected: 2, failed: 4 }, 120_000);
    expect(listWarnings(state)).to.deep.equal([
      {
        kind: 'given_up',
        component: 'page',
        count: 4,
        first: '2026-03-14T03:01:00.000Z',
        last: '2026-03-14T03:02:00.000Z',
        what: 'could not be delivered',
      },
      {
        kind: 'rejected',
        component: 'app',
        count: 2,
        first: '2026-03-14T03:00:00.000Z',
        last: '2026-03-14T03:00:00.000Z',
        what: 'broken JSON',
      },
    ]);
  });

  it('lose no count, however the looks fall (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20), fc.nat(90_000)), { minLength: 1, maxLength: 50 }), (steps) => {
        const state = startWarnings();
        let [rejected, at, given] = [0, 0, 0];
        for (const [more, pause] of steps) {
          rejected += more;
          at += pause;
          for (const { fresh } of look(state, { rejected }, at)) given += fresh;
        }
        for (const { fresh } of look(state, { rejected }, at + leastPause)) given += fresh;
        expect(given).to.equal(rejected);
      }),
    );
  });
});
