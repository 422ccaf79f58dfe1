import { expect } from 'chai';
import type { CoverageRow } from '../../src/findings/coverage.ts';
import { coveragePage } from '../../src/views/coverage.ts';

const view = { columns: 110, color: false, ascii: false, timeZone: 'UTC' };
const row = (more: Partial<CoverageRow>): CoverageRow => ({
  group: 'web',
  by: 'seen',
  team: null,
  state: 'live',
  last: '2026-03-14T12:00:00.000Z',
  lines: 100,
  rate: 1204.5,
  no_level: 0.124,
  guessed: 0,
  late: 0.001,
  folded: 0,
  unread: true,
  ...more,
});

describe('the page of coverage', () => {
  it('has a line a group, and what was rejected', () => {
    const groups = [
      row({ group: 'refunds', by: 'catalog', state: 'never seen', last: null, rate: 0, no_level: 0, late: 0, team: 'pay', unread: false }),
      row({ folded: 0.25 }),
    ];
    expect(
      coveragePage(
        {
          as_of: '2026-03-14T12:00:00.000Z',
          groups,
          rejected_share: 0.021,
          rejected: [{ source: 'log', count: 1001, reason: 'bad JSON' }],
        },
        view,
      ),
    ).to.deep.equal([
      'COVERAGE  2 groups: 1 live, 1 never seen, 1 not read whole, 2.1 % of the records rejected',
      'as of 2026-03-14 12:00:00Z',
      'state       last line             an hour  no level  time guessed   late  folded  team  group',
      'never seen  -                           -     0.0 %         0.0 %  0.0 %   0.0 %  pay   refunds',
      'live        2026-03-14 12:00:00Z  1,204.5    12.4 %         0.0 %  0.1 %  25.0 %  -     web',
      'rejected    1,001 of log: bad JSON',
    ]);
  });

  it('says that nothing is kept', () => {
    expect(coveragePage({ as_of: null, groups: [], rejected_share: 0, rejected: [] }, view)).to.have.lengthOf(1);
  });
});
