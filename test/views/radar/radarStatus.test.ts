import { expect } from 'chai';
import { radarLines } from '../../../src/views/radar/radarLines.ts';
import { liveParts, type RadarStatus } from '../../../src/views/radar/radarStatus.ts';
import { plainView } from '../../support/views/plainView.ts';
import { radarOfGroup } from '../../support/views/viewSamples.ts';

const end = Date.parse(radarOfGroup.end);
const secondLine = (status: RadarStatus, radar = radarOfGroup) => radarLines({ radar, status }, plainView)[1];

describe('the second line of a radar', () => {
  it('says that what is shown is old', () => {
    expect(secondLine({ stale: { forMs: 860_000, usualGapMs: 2_000, asOf: end - 20_000 } })).to.equal(
      'STALE  no events for 14m 20s, usual gap 2s.  Below: as of 09:59:40Z.',
    );
    expect(secondLine({ stale: { forMs: 860_000, usualGapMs: null, asOf: end - 86_400_000 } })).to.equal(
      'STALE  no events for 14m 20s.  Below: as of 2026-05-03.',
    );
  });
  it('says so too of a radar in whose window nothing came', () => {
    const stale = { as_of: new Date(end - 860_000).toISOString(), usual_gap_ms: 2_000 };
    expect(secondLine({}, { ...radarOfGroup, events: 0, stale })).to.equal(
      'STALE  no events for 14m 20s, usual gap 2s.  Below: as of 09:45:40Z.',
    );
  });
  it('says what is still being learned, and until when', () => {
    const learning = { learned_ms: 11_400_000, warmup_ms: 86_400_000 };
    expect(secondLine({}, { ...radarOfGroup, learning })).to.equal(
      "LEARNING  3h 10m of 24h.  'new' is shown but does not fire until 2026-05-05 06:50Z.",
    );
    expect(secondLine({}, { ...radarOfGroup, learning: { ...learning, learned_ms: 86_400_000 } })).to.match(/^2,489 events/);
  });
  it('says that the run cannot keep up', () => {
    expect(secondLine({ behind: { ms: 690_000, growing: true, kept: '1 in 20 known lines stored, every rare one' } })).to.equal(
      'BEHIND  11m 30s and growing.  All lines counted; 1 in 20 known lines stored, every rare one.',
    );
  });
  it('names a sink that delivers nothing and a source that gives nothing, with the reason made harmless', () => {
    const since = end - 60_000;
    const troubles = [
      { id: 'pager', since, why: 'HTTP 503' },
      { type: 'source' as const, id: 'orders', since, why: 'no\u001b[2J such file' },
    ];
    const parts = liveParts({ live: { behindMs: 2_000 }, troubles, note: 'Read as text.' }, plainView);
    expect(parts.map((row) => row.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join(''))).to.deep.equal([
      'Live, 2s behind.',
      'SINK  pager delivers nothing since 09:59:00Z: HTTP 503.',
      'SOURCE  orders gives nothing since 09:59:00Z: no\\x1b[2J such file.',
      'Read as text.',
    ]);
  });
});
