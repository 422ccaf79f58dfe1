import { expect } from 'chai';
import { patternCell } from '../../../src/views/radar/patternCell.ts';
import { blipSignal } from '../../support/blips.ts';

const end = Date.parse('2026-03-14T03:10:00Z');
const before = {
  last_seen_before_close_ms: 596_000,
  of_window: { start: '2026-03-14T02:55:00.000Z', end: '2026-03-14T03:00:00.000Z', count: 8, state: 'new' },
};

describe('a pattern in a table', () => {
  it('that was seen in the window stands by its label', () => {
    expect(patternCell(blipSignal('a', end).blip)).to.equal('label a');
    expect(patternCell(blipSignal('a', end, { why: before }).blip), 'seen now, ranked for what it was').to.equal('label a');
  });
  it('that was not seen says how long ago what it is listed for was', () => {
    expect(patternCell(blipSignal('a', end, { count: 0, state: 'new', why: before }).blip)).to.equal('9m ago: label a');
  });
  it('that is gone in this very window stands by its label', () => {
    expect(patternCell(blipSignal('a', end, { count: 0, state: 'gone', why: { last_seen_before_close_ms: 400_000 } }).blip)).to.equal(
      'label a',
    );
  });
});
