import { expect } from 'chai';
import { topLines } from '../../../src/views/live/topLines.ts';
import { sampleLook } from '../../support/live/look.ts';

const view = { columns: 120, color: false, ascii: false, timeZone: 'UTC' };
const top = (some: Parameters<typeof sampleLook>[0]) => topLines(sampleLook(some), view).join('\n');

describe('the top of a live screen', () => {
  it('says that nothing has come, and when something has that no window has closed', () => {
    expect(top({ radar: null, newest: null })).to.contain('Nothing has come yet, 1,204/s.');
    expect(top({ radar: null })).to.contain('No window yet.  2s behind');
  });

  it('says how much of an open window has passed, and never more than there is of it', () => {
    const open = { ...sampleLook().radar!, start: '2026-05-04T10:20:00.000Z', end: '2026-05-04T10:25:00.000Z', open: true };
    expect(top({ open })).to.contain('window 5m, open 1m 10s');
    expect(top({ open, newest: Date.parse('2026-05-04T11:00:00Z') })).to.contain('window 5m, open 5m');
  });

  it('warns of a run that is two windows behind, and of a radar that is blind', () => {
    expect(top({ newest: Date.parse('2026-05-04T10:00:00Z') })).to.contain('BEHIND  21m 12s.');
    const stale = { as_of: '2026-05-04T09:50:00.000Z', usual_gap_ms: 2_000 };
    expect(top({ radar: { ...sampleLook().radar!, stale } })).to.contain('STALE  no events for 10m, usual gap 2s.');
  });

  it('names what does not deliver, and the last change', () => {
    const troubles = [{ type: 'sink', id: 'pager', since: Date.parse('2026-05-04T10:00:00Z'), why: 'HTTP 503' }] as const;
    const change = { text: 'orders v412', at: Date.parse('2026-05-04T09:58:00Z') };
    expect(top({ troubles, status: { change } }))
      .to.contain('SINK  pager delivers nothing since 10:00:00Z: HTTP 503.')
      .and.to.contain('Change: orders v412 at 09:58Z.');
  });

  it('of a run that ends by itself says no word of being live', () => {
    expect(top({ live: false })).to.not.contain('Live');
  });
});
