import { expect } from 'chai';
import { toIso } from '../../../src/event.ts';
import { earlierCell, patternCell } from '../../../src/views/radar/patternCell.ts';
import { blipSignal } from '../../support/blips.ts';

const end = Date.parse('2026-03-14T03:10:00Z');
const hour = 3_600_000;

describe('a pattern in a table', () => {
  it('stands by its label', () => {
    expect(patternCell(blipSignal('a', end).blip)).to.equal('label a');
  });
  it('stands without the group that tells it from its twins: the group has a column', () => {
    const { blip } = blipSignal('a', end);
    expect(patternCell({ ...blip, label: `label a (${blip.group_id})` })).to.equal('label a');
    expect(patternCell({ ...blip, label: 'label a (other)' })).to.equal('label a (other)');
  });
  it('says how long it has been on, when it began in an earlier window', () => {
    expect(patternCell(blipSignal('a', end, { on_since: toIso(end - 19 * hour) }).blip)).to.equal('on 19h  label a');
  });
});

describe('a pattern that is over', () => {
  const { blip } = blipSignal('a', end);
  it('says when it was on top, and how long ago that was', () => {
    expect(earlierCell({ ...blip, trend_now: [], until: blip.end }, end + hour / 4, 'UTC')).to.equal('03:05, 15m ago  label a');
  });
  it('says how long it was on, when that was longer than the window of its numbers', () => {
    const lasting = { ...blip, trend_now: [], until: toIso(end + 3 * hour) };
    expect(earlierCell(lasting, end + 3 * hour + 600_000, 'UTC')).to.equal('03:05, on 3h 5m, 10m ago  label a');
  });
  it('says the date when that was on another day', () => {
    expect(earlierCell({ ...blip, trend_now: [], until: blip.end }, end + 24 * hour, 'UTC')).to.equal('2026-03-14, 24h ago  label a');
  });
});
