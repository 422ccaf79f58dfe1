import { expect } from 'chai';
import { radarLines } from '../../../src/views/radar/radarLines.ts';
import type { RadarStatus } from '../../../src/views/radar/radarStatus.ts';
import { radarAfter, radarOfGroup } from '../../support/views/viewSamples.ts';
import { plainView } from '../../support/views/plainView.ts';
import { describePage } from '../../support/views/describePage.ts';

const at = (time: string) => Date.parse(`2026-05-04T${time}Z`);
const status: RadarStatus = {
  live: { behindMs: 6_400 },
  change: { text: 'payments v412', at: at('09:48:00') },
  silenced: { s5vd00: at('12:00:00') },
};

describePage('radarGroup', (view) => radarLines({ radar: radarOfGroup, status }, view));

describePage('radarEarlier', (view) => radarLines({ radar: radarAfter, status: {} }, view));

describe('the radar of a group', () => {
  it('says that there is nothing to show', () => {
    expect(radarLines({ radar: { ...radarOfGroup, blips: [], rest: { patterns: 0, events: 0, states: {} } } }, plainView)).to.include(
      'Nothing to show in this window.',
    );
  });

  it('names the silence that ends first, and says that there are more', () => {
    const silenced = { s5vd00: Date.parse('2026-05-04T12:00:00Z'), m3qd77: Date.parse('2026-05-04T11:00:00Z') };
    const lines = radarLines({ radar: radarOfGroup, status: { silenced } }, plainView);
    expect(lines.find((line) => line.includes('silenced'))).to.equal(
      '5 more, 1,033 events (41.5 %): 1 falling, 4 steady.  2 silenced (m3qd until 11:00Z and more).',
    );
  });
});
