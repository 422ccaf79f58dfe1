import { expect } from 'chai';
import { ThereBefore } from '../../../src/findings/rules/thereBefore.ts';
import { toIso } from '../../../src/event.ts';
import { blipSignal, width } from '../../support/blips.ts';

const since = 2 * width;
const window = (end: number, first = 0, open = false) => blipSignal('a', end * width, { first_seen: toIso(first), open }).blip;

describe('what was there before a rule', () => {
  const started = () => {
    const before = new ThereBefore();
    before.add('r', since);
    return before;
  };

  it('is covered as long as it goes on, and no longer', () => {
    const before = started();
    const covered = [3, 4, 6, 7].map((end) => before.covers('r', 'a', window(end)));
    expect(covered).to.deep.equal([true, true, false, false]);
  });

  it('is covered in an early result of the first window too, which settles nothing', () => {
    const before = started();
    expect([before.covers('r', 'a', window(3, 0, true)), before.covers('r', 'a', window(4))]).to.deep.equal([true, false]);
  });

  it('is not what came after it, nor what another rule is asked for', () => {
    expect(started().covers('r', 'a', window(3, since))).to.equal(false);
    expect(started().covers('other', 'a', window(3))).to.equal(false);
  });

  it('is what was held, until it is released', () => {
    const before = started();
    before.hold('r', 'group');
    before.hold('other', 'group');
    expect([before.holds('r', 'group'), before.holds('other', 'group')]).to.deep.equal([true, false]);
    before.release('group');
    expect(before.holds('r', 'group')).to.equal(false);
  });

  it('goes on after it was saved, and is forgotten with the rule', () => {
    const before = started();
    before.covers('r', 'a', window(3));
    const again = new ThereBefore();
    again.load(before.save(), () => true);
    expect(again.covers('r', 'a', window(4))).to.equal(true);
    const without = new ThereBefore();
    without.load(before.save(), () => false);
    expect(without.covers('r', 'a', window(4))).to.equal(false);
  });
});
