import { expect } from 'chai';
import { radarLines } from '../../../src/views/radar/radarLines.ts';
import type { RadarStatus } from '../../../src/views/radar/radarStatus.ts';
import { episode, quiet, radarAfter, radarOfAll, spike } from '../../support/views/viewSamples.ts';
import { plainView } from '../../support/views/plainView.ts';
import { describePage } from '../../support/views/describePage.ts';

const at = (time: string) => Date.parse(`2026-05-04T${time}Z`);
const status: RadarStatus = {
  live: { behindMs: 6_400 },
  change: { text: 'payments v412', at: at('09:48:00') },
  silenced: { s5vd00: at('12:00:00') },
};

describePage('radarAllEarlier', (view) => radarLines({ radar: { ...radarAfter, group_id: null, groups: 3 }, findings: [quiet] }, view));

describePage('radarAll', (view) =>
  radarLines({ radar: radarOfAll, findings: [episode, quiet, spike], status: { ...status, groups: { live: 3, all: 4 } } }, view),
);

describe('the radar of all groups', () => {
  const long = 'JWT expired for a subject whose name goes on and on until no screen has the room for it, and then some more <id>';
  const wide = { ...radarOfAll, blips: radarOfAll.blips.map((blip) => ({ ...blip, label: long })) };

  it('has trends where there is room, and where there is no screen, which cuts nothing', () => {
    const head = (view: typeof plainView & { uncut?: boolean }) =>
      radarLines({ radar: wide }, view).find((text) => text.startsWith('score'))!;
    expect(head(plainView)).not.to.contain('last 60m');
    expect(head({ ...plainView, columns: 120 })).to.contain('usual  last 60m      id');
    const lines = radarLines({ radar: wide }, { ...plainView, uncut: true });
    expect(lines.filter((text) => text.endsWith(long)).length).to.equal(wide.blips.length);
    expect(lines.join('\n')).to.contain('cloudwatch:/aws/lambda/auth-of-the-edge').and.not.to.contain('…');
    for (const text of radarLines({ radar: wide }, { ...plainView, columns: 120 })) expect(text.length).to.be.at.most(120);
  });

  it('does not repeat below what an episode has told', () => {
    const lines = radarLines({ radar: radarOfAll, findings: [episode] }, plainView).join('\n');
    expect(lines.split('k7f2  app:orders').length - 1).to.equal(1);
    expect(lines.split('Payment gateway').length - 1).to.equal(1);
  });

  it('counts groups, or how many of them are live where that is known', () => {
    const second = (groups?: { live: number; all: number }) =>
      radarLines({ radar: radarOfAll, status: groups ? { groups } : {} }, plainView)[1];
    expect(second()).to.equal('2,489 events, 4 groups, 61 patterns, 1 new.');
    expect(second({ live: 3, all: 4 })).to.equal('2,489 events, 3 of 4 groups live, 61 patterns, 1 new.');
  });
});
