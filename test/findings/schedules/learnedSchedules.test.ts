import { expect } from 'chai';
import { toIso, type Json } from '../../../src/event.ts';
import { LearnedSchedules } from '../../../src/findings/schedules/learnedSchedules.ts';
import { blipSignal, width } from '../../support/blips.ts';

const hour = 3_600_000;
const day = 24 * hour;

describe('learned schedules', () => {
  const seen = (id: string, start: number, more = {}) => blipSignal(id, start + width, more).blip;
  const nights = (schedules: LearnedSchedules, id: string, n: number) => {
    for (let night = 0; night < n; night += 1)
      for (const part of [0, width, 3 * width]) schedules.see(seen(id, night * day + 2 * hour + part));
  };

  it('takes windows with lines after two or more without for the begin of a run', () => {
    const schedules = new LearnedSchedules();
    expect([0, 1, 3, 6].map((at) => schedules.see(seen('a', at * width)))).to.deep.equal([true, false, false, true]);
    expect(schedules.see(seen('a', 20 * width, { open: true })), 'an early result').to.equal(false);
    expect(schedules.see(seen('a', 20 * width, { count: 0 })), 'an absence').to.equal(false);
    expect(schedules.see(seen('g', 20 * width, { volume: 0.2 })), 'the volume of a group').to.equal(false);
  });

  it('tells once of what has not come, over a restart too', () => {
    const schedules = new LearnedSchedules();
    nights(schedules, 'a', 6);
    const due = schedules.due!;
    expect(toIso(due)).to.equal(toIso(6 * day + 2 * hour + width + 600_000));
    expect(schedules.missed(due - 1)).to.deep.equal([]);
    expect(schedules.missed(due).map(({ habit, run }) => [habit.template, run.at])).to.deep.equal([['a', 6 * day + 2 * hour]]);
    const again = new LearnedSchedules();
    const saved = JSON.stringify(schedules.save());
    expect(saved, 'under the key of older releases').to.include('"told":').and.not.include('reported');
    again.load(JSON.parse(saved) as Json);
    expect([again.due, again.missed(99 * day)]).to.deep.equal([null, []]);
  });

  it('knows what comes at this hour on other days, in about as many lines', () => {
    const schedules = new LearnedSchedules();
    const came = (id: string, at: number, count: number) => schedules.see(seen(id, at, { count }));
    for (const night of [0, 1]) came('a', night * day + 2 * hour, 10);
    came('once', 2 * hour, 1);
    const usual = (template: string, at: number, count: number, isError = true) =>
      schedules.usualAt({ template, at, count, isError }) !== null;
    expect(usual('a', 3 * day + 2 * hour + 20 * 60_000, 20)).to.equal(true);
    expect(usual('a', 3 * day + 2 * hour, 21), 'more than twice as many').to.equal(false);
    expect(usual('a', 3 * day + 3 * hour, 10), 'another hour').to.equal(false);
    expect(usual('a', 30 * day + 2 * hour, 10), 'long ago').to.equal(false);
    expect([usual('once', day + 2 * hour, 2), usual('once', day + 2 * hour, 2, false)], 'hardly a line').to.deep.equal([true, true]);
    expect([usual('b', day, 1), usual('a', 2 * hour, 1)], 'never before').to.deep.equal([false, false]);
  });

  it('takes one night for a habit only of what is no error', () => {
    const schedules = new LearnedSchedules();
    schedules.see(seen('a', 2 * hour, { count: 30 }));
    const usual = (isError: boolean) => schedules.usualAt({ template: 'a', at: day + 2 * hour, count: 30, isError });
    expect([usual(true), usual(false)]).to.deep.equal([null, 2 * hour]);
  });

  it('forgets the pattern, the topic or the group that is named', () => {
    const schedules = new LearnedSchedules();
    nights(schedules, 'a', 6);
    schedules.forget(new Set(['other']));
    expect(schedules.due).not.to.equal(null);
    schedules.forget(new Set(['g']));
    expect(schedules.due).to.equal(null);
  });
});
