import { expect } from 'chai';
import { findingSignal } from '../../support/blips.ts';
import type { FindingChanges } from '../../support/findings.ts';
import { ruleParts } from '../../support/ruleParts.ts';

const lasts = { name: 'lasts', when: { finding: 'spike' }, for: '10ms' };
const longer = { name: 'longer', when: { finding: 'spike' }, for: '30ms', severity: 'critical' };
const spike = (more: FindingChanges = {}) => findingSignal('s', 0, more).finding;

describe('a rule about findings', () => {
  it('waits as long as it says, and knows when that is', () => {
    const { parts, heard } = ruleParts([lasts]);
    parts.findings.judge(spike(), 0);
    expect([parts.findings.due, heard()]).to.deep.equal([10, ['lasts pending']]);
    parts.findings.tick(9);
    expect(heard()).to.deep.equal([]);
    parts.findings.tick(10);
    expect([parts.findings.due, heard()]).to.deep.equal([null, ['lasts firing']]);
  });

  it('stands beside others, each with its own wait: one finding, that becomes graver', () => {
    const { parts, found, heard } = ruleParts([lasts, longer]);
    parts.findings.judge(spike(), 0);
    const dues = [10, 30].map((time) => {
      const { due } = parts.findings;
      parts.findings.tick(time);
      return due;
    });
    expect(dues).to.deep.equal([10, 30]);
    expect(new Set(found.map(({ id }) => id)).size).to.equal(1);
    expect(heard()).to.deep.equal(['lasts pending', 'lasts firing', 'longer firing']);
  });

  it('is over with the finding, and waits for it no longer', () => {
    const { parts, heard } = ruleParts([lasts]);
    parts.findings.judge(spike(), 0);
    parts.findings.judge(spike({ state: 'resolved' }), 5);
    parts.findings.tick(10);
    expect(heard()).to.deep.equal(['lasts pending', 'lasts resolved']);
    expect(parts.findings.due).to.equal(null);
  });

  const none: [name: string, finding: FindingChanges][] = [
    ['of another type', { type: 'budget' }],
    ['that is pending', { state: 'pending' }],
    ['that somebody looks at', { state: 'acked' }],
    ['that is over', { state: 'resolved' }],
  ];
  for (const [name, more] of none)
    it(`says nothing of one ${name}`, () => {
      const { parts, heard } = ruleParts([lasts]);
      parts.findings.judge(spike(more), 0);
      expect([heard(), parts.findings.due]).to.deep.equal([[], null]);
    });

  it('says nothing of what was open when it was added, until that has been over', () => {
    const { parts, heard } = ruleParts([lasts]);
    parts.before.add('lasts', 0);
    parts.findings.added('lasts', [spike()]);
    parts.findings.judge(spike(), 1);
    expect(heard()).to.deep.equal([]);
    parts.findings.judge(spike({ state: 'resolved' }), 2);
    parts.findings.judge(spike(), 3);
    expect(heard()).to.deep.equal(['lasts pending']);
  });

  it('goes on waiting after a restart', () => {
    const before = ruleParts([lasts, longer]);
    before.parts.findings.judge(spike(), 0);
    const { parts, heard } = ruleParts([lasts, longer]);
    parts.open.load(before.parts.open.save(), () => false);
    expect(parts.findings.due).to.equal(null);
    parts.findings.restore(15);
    expect(parts.findings.due).to.equal(30);
    parts.findings.tick(30);
    expect(heard()).to.deep.equal(['longer firing']);
  });

  it('opens no more than are allowed', () => {
    const { parts, heard } = ruleParts([lasts], { maxFindings: 1 });
    parts.findings.judge(spike(), 0);
    parts.findings.judge(findingSignal('t', 0).finding, 0);
    expect([heard(), parts.open.overflow]).to.deep.equal([['lasts pending'], 1]);
  });
});
