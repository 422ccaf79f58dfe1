import { expect } from 'chai';
import { byChance, isBeyondBudget } from '../../src/findings/byChance.ts';
import type { Finding } from '../../src/signal.ts';
import { findingSignal } from '../support/blips.ts';

const standing = { allowed: '1/week', opened: 1, needed_bits: 12, bits: 9, a_week: 8 };
const finding = (given: object | undefined): Finding =>
  findingSignal('s', 0, { result: { false_alarms: given } as Finding['result'] }).finding;

describe('byChance', () => {
  it('is null for what is no matter of chance', () => {
    expect(byChance(finding(undefined))).to.equal(null);
    expect(byChance(finding({ ...standing, needed_bits: null }))).to.equal(null);
  });

  it('is null for what an operator of one`s own wrote in its place', () => expect(byChance(finding({ allowed: 7 }))).to.equal(null));

  it('says that a finding with fewer bits than it needed is beyond the budget', () => {
    expect(isBeyondBudget(finding(standing))).to.equal(true);
    expect(isBeyondBudget(finding({ ...standing, bits: 12 }))).to.equal(false);
    expect(isBeyondBudget(finding(undefined))).to.equal(false);
  });
});
