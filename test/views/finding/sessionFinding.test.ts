import { expect } from 'chai';
import type { SessionResult } from '../../../src/results/sessionResult.ts';
import type { SessionFinding } from '../../../src/signal.ts';
import { sessionLines } from '../../../src/views/finding/sessionFinding.ts';
import { changedFinding } from '../../support/findings.ts';
import { plainView } from '../../support/views/plainView.ts';
import { spike } from '../../support/views/viewSamples.ts';

const result: SessionResult = {
  entity: 'o-4711',
  bits: 31.44,
  threshold: 20,
  tail: 12.4,
  set: 19,
  events: 1_204,
  start: '2026-05-04T09:55:00Z',
  end: '2026-05-04T09:57:30Z',
  parts: [
    { pattern: 'p1', text: 'order <id> refused', count: 3, share: 0, median: 0, direction: 'never before', bits: 19 },
    { pattern: 'p2', text: 'order <id> paid', count: 0, share: 0.9999, median: 3, direction: 'missing', bits: 12.4 },
    { pattern: 'p3', text: 'retry <n>', count: 9, share: 0.5, median: 0, direction: 'more', bits: 2 },
  ],
  unusual: 12,
  entities: ['o-4700', 'o-4711'],
  learned: 40_012,
};
const linesOf = (more: Partial<SessionResult> = {}) =>
  sessionLines(changedFinding(spike, { type: 'session', result: { ...result, ...more } }) as SessionFinding, plainView).lines;

describe('the page of an unusual session', () => {
  it('says which session, what it scored, and what was unusual in it', () => {
    expect(linesOf()).to.deep.equal([
      '  newest     o-4711, 1,204 events in 09:55:00-09:57:30Z (2m 30s)',
      '  score      31.4 bits, fires at 20.0   counts 12.4, combination 19.0',
      '  like it    12 since it began: o-4700',
      '  learned    40,012 sessions',
      '',
      '   19.0  never before      3  in none before              order <id> refused',
      '   12.4  missing           0  in 99.9 %, usually 3        order <id> paid',
      '    2.0  more              9  in 50.0 %                   retry <n>',
    ]);
  });

  it('names no others where it is the only one', () => {
    expect(linesOf({ entities: ['o-4711'], unusual: 1 })[2]).to.equal('  like it    1 since it began');
  });
});
