import { expect } from 'chai';
import { AlarmBudget } from '../../../../src/findings/rules/falseAlarms/alarmBudget.ts';
import { seeded } from '../../../../bench/support/seeded.ts';
import { blipSignal, width } from '../../../support/blips.ts';
import type { Json } from '../../../../src/event.ts';
import type { Blip } from '../../../../src/signal.ts';

const week = 7 * 86_400_000;
const calm = () => false;
const look = (n: number, bits: number, more: Partial<Blip> = {}) => blipSignal('a', n * width, more, bits).blip;
const watched = (windows: number, bits: (n: number) => number, isTroubled = calm): AlarmBudget => {
  const budget = new AlarmBudget('1/week', { rules: 1, maxGroups: 10 });
  for (let n = 1; n <= windows; n++) budget.look(look(n, bits(n)), isTroubled);
  return budget;
};

describe('a budget of false alarms', () => {
  it('asks for the bits of all looks in its time, shared out over rules and groups', () => {
    const looks = week / width;
    expect(watched(10, () => 0).needed('g', 0).bits).to.be.closeTo(Math.log2(looks), 1e-9);
    const shared = new AlarmBudget('2/day', { rules: 4, maxGroups: 10 });
    for (const group of ['g', 'h']) for (const id of ['a', 'b', 'c']) shared.look(blipSignal(id, width, { group_id: group }).blip, calm);
    expect(shared.needed('g', 0).bits).to.be.closeTo(Math.log2((3 * 288 * 4 * 2) / 2), 1e-9);
  });

  it('says how often a week chance opens as much', () => {
    const budget = watched(10, () => 0);
    const needed = Math.log2(week / width);
    const at = (bits: number) => budget.open(look(11, bits - 3), 20 * week).a_week;
    expect(at(needed)).to.be.closeTo(1, 0.02);
    expect(at(needed + 3)).to.be.closeTo(1 / 8, 0.01);
    const perDay = new AlarmBudget('1/day', { rules: 1, maxGroups: 10 });
    perDay.look(look(1, 0), calm);
    expect(perDay.open(look(1, needed - 3), 0).a_week).to.be.closeTo(1, 0.02);
  });

  it('asks of a spike the bits of the buckets of all groups, and counts it only where it has them', () => {
    const budget = new AlarmBudget('1/week', { rules: 3, maxGroups: 100 });
    for (let i = 0; i < 16; i++) budget.look(blipSignal('a', width, { group_id: `g${i}` }).blip, calm);
    const needed = Math.log2((16 * week) / 60_000);
    const few = budget.openSpike(needed - 1, 60_000, 0);
    expect([few.opened, few.needed_bits, few.a_week]).to.deep.equal([0, Number(needed.toPrecision(3)), 2]);
    expect(budget.openSpike(needed + 1, 60_000, 0)).to.include({ opened: 1, a_week: 0.5 });
    expect(budget.openSpike(needed + 1, 60_000, 1).needed_bits).to.be.closeTo(needed + 1, 0.06);
  });

  it('is uncalibrated before two hundred windows', () => {
    expect(watched(200, () => 0).needed('g', 0).uncalibrated).to.equal(true);
    expect(watched(203, () => 0).needed('g', 0).uncalibrated).to.equal(false);
  });

  it('asks for more where the record of the group has more than chance gives, at most ten', () => {
    const draw = seeded(5);
    const chance = watched(2000, () => Math.max(0, -Math.log2(1 - draw()) - 3)).needed('g', 0).bits;
    expect(chance).to.be.within(Math.log2(2016), Math.log2(2016) + 2);
    const wild = watched(2000, () => Math.max(0, 3 * -Math.log2(1 - draw()) - 3)).needed('g', 0).bits;
    expect(wild).to.be.above(chance + 5);
    expect(watched(2000, () => 60).needed('g', 0).bits).to.equal(Math.log2(2016) + 10);
  });

  it('takes several windows in a row together: what none of them opens alone, all of them do', () => {
    const budget = watched(300, () => 0);
    const rising = (n: number) => look(n, 5, { state: 'rising' });
    const needed = budget.needed('g', 0).bits;
    expect(budget.weigh(rising(301)))
      .to.equal(8)
      .and.to.be.below(needed);
    for (let n = 301; n <= 304; n++) budget.look(rising(n), calm);
    expect(budget.weigh(rising(304))).to.be.above(needed);
    // An early look at the window that is open comes on top of those that are closed.
    expect(budget.weigh({ ...rising(305), open: true })).to.be.above(budget.weigh(rising(304)));
    const again = new AlarmBudget('1/week', { rules: 1, maxGroups: 10 });
    again.load(JSON.parse(JSON.stringify(budget.save())) as Json);
    expect(again.weigh(rising(305))).to.equal(budget.weigh(rising(305)));
  });

  it('learns nothing from trouble that is known', () => {
    const draw = seeded(6);
    const bits = (n: number) => (n > 1000 && n < 1200 ? 40 : Math.max(0, -Math.log2(1 - draw()) - 3));
    const budget = new AlarmBudget('1/week', { rules: 1, maxGroups: 10 });
    for (let n = 1; n <= 2000; n++) budget.look(look(n, bits(n)), () => n > 1000 && n < 1200);
    expect(budget.needed('g', 0).bits).to.be.below(Math.log2(2016) + 2);
  });

  it('counts what was opened within its time, says it beside the finding, and asks for more once it is spent', () => {
    const budget = watched(300, () => 0);
    budget.open(look(1, 12), 0);
    expect(budget.open(look(300, 12), 300 * width)).to.include({ allowed: '1/week', opened: 2, bits: 15 });
    const said = budget.open(look(301, 12), week + 1);
    expect(said).to.include({ opened: 2 });
    expect(said.needed_bits).to.be.within(11.9, 12.1);
    expect(budget.needed('g', week + 1).bits).to.be.closeTo(Math.log2(2016) + Math.log2(3), 0.01);
    expect(budget.needed('g', 4 * week).bits).to.be.closeTo(Math.log2(2016), 0.01);
    expect(budget.open(look(301, 12, { state: 'new', level: 'ERROR' }), week + 2)).to.include({ opened: 3, needed_bits: null });
    expect(budget.needed('g', week + 2).bits).to.be.closeTo(Math.log2(2016) + Math.log2(3), 0.01);
  });

  it('goes on from its state', () => {
    const draw = seeded(9);
    const budget = watched(800, () => 10 * draw());
    const again = new AlarmBudget('1/week', { rules: 1, maxGroups: 10 });
    again.load(JSON.parse(JSON.stringify(budget.save())));
    expect(again.needed('g', 0)).to.deep.equal(budget.needed('g', 0));
    expect(again.save()).to.deep.equal(budget.save());
  });
});
