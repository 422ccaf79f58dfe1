import { expect } from 'chai';
import { judgeGroupVolume, makeVolumeBlip, type VolumeFrame } from '../../../src/memory/judge/judgeVolume.ts';
import { foldVolume, startVolume } from '../../../src/memory/rates/volume.ts';

const windowMs = 300_000;
const frame = (count: number, more: Partial<VolumeFrame> = {}): VolumeFrame => ({
  group: 'g',
  start: 40 * windowMs,
  end: 41 * windowMs,
  count,
  exposure: 1,
  trend: [100, count],
  first: 0,
  last: 1000,
  total: 4000,
  ...more,
});

/** A group of 100 events a window. */
const usual = startVolume();
for (let i = 0; i < 40; i += 1) foldVolume(usual, { count: 100, exposure: 1, start: i * windowMs, windowMs, bits: 0, first: 0, fade: 1 });

describe('the volume of a group in a window', () => {
  it('is steady, or rises, falls or is gone, and too little of it is grave by how little it is', () => {
    const judged = (count: number) => {
      const { state, level } = judgeGroupVolume(usual, frame(count));
      return [state, level];
    };
    expect(judged(104)).to.deep.equal(['steady', null]);
    expect(judged(1000)).to.deep.equal(['rising', null]);
    expect(judged(25)).to.deep.equal(['falling', 'WARN']);
    expect(judged(5)).to.deep.equal(['falling', 'ERROR']);
    expect(judged(0)).to.deep.equal(['gone', 'ERROR']);
  });

  it('is nothing to tell of half a window, or before anything is known', () => {
    expect(judgeGroupVolume(usual, frame(0, { exposure: 0.4 }))).to.deep.include({ state: 'steady', bits: 0, usual: null });
    expect(judgeGroupVolume(startVolume(), frame(1000))).to.deep.include({ state: 'steady', ratio: null });
    expect(judgeGroupVolume(usual, frame(50, { exposure: 0.5 })).state).to.equal('steady');
  });

  it('is told with at least 60 where it is in grave trouble, under the name of its group', () => {
    const verdict = judgeGroupVolume(usual, frame(0));
    const blip = makeVolumeBlip(verdict, frame(0));
    expect(blip.score).to.be.at.least(60);
    expect(blip).to.include({ template_id: 'g', group_id: 'g', volume: 0, state: 'gone', level: 'ERROR' });
    expect(makeVolumeBlip({ ...verdict, bits: 0, level: 'ERROR' }, frame(0)).score).to.be.closeTo(60.2, 0.1);
    expect(makeVolumeBlip({ ...verdict, bits: 0, level: null, ratio: null, usual: null }, frame(0))).to.include({
      score: 0,
      volume: 1,
      usual: null,
    });
  });
});
