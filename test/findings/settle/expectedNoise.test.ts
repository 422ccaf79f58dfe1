import { expect } from 'chai';
import { toIso } from '../../../src/event.ts';
import { LearnedSchedules } from '../../../src/findings/schedules/learnedSchedules.ts';
import { ExpectedNoise } from '../../../src/findings/settle/expectedNoise.ts';
import { Settling } from '../../../src/findings/settle/settling.ts';
import type { Blip, SpikeFinding } from '../../../src/signal.ts';
import { blipSignal, width } from '../../support/blips.ts';
import { partly } from '../../support/typed.ts';

const day = 86_400_000;

describe('what nobody need be told of', () => {
  let schedules: LearnedSchedules;
  let noise: ExpectedNoise;
  const blip = (end: number, more: Partial<Blip> = {}) => blipSignal('a', end, more).blip;
  const spike = (since: number, value = 10) =>
    noise.tagFinding(
      partly<SpikeFinding>({
        type: 'spike',
        state: 'firing',
        group_id: 'g',
        template_id: 'a',
        since: toIso(since),
        result: { value },
      }),
    ).result;

  beforeEach(() => {
    schedules = new LearnedSchedules();
    noise = new ExpectedNoise(new Settling(0), schedules);
  });

  it('is a spike in which the memory finds nothing, unless it is of an error', () => {
    noise.tag(blip(width));
    expect(spike(0).steady).to.equal(true);
    noise.tag(blip(2 * width, { state: 'rising' }));
    expect(spike(width).steady).to.equal(undefined);
    noise.tag(blip(3 * width, { level: 'ERROR' }));
    expect(spike(2 * width).steady).to.equal(undefined);
  });

  it('is what came at this hour yesterday', () => {
    schedules.see(blip(width));
    expect(noise.tag(blip(day + width, { state: 'rising' })).usual_at).to.equal(toIso(0));
    expect(spike(day).usual_at).to.equal(toIso(0));
    expect(noise.tag(blip(day + width, { state: 'rising', count: 50 })).usual_at).to.equal(undefined);
    expect(noise.tag(blip(day + width, { state: 'new' })).usual_at).to.equal(undefined);
  });
});
