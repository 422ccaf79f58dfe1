import { expect } from 'chai';
import { from, toArray } from 'rxjs';
import { memory } from '../../../operators/memory.ts';
import { rules } from '../../../operators/rules.ts';
import { readVolume } from '../../../src/findings/rules/volumeCondition.ts';
import type { Flow } from '../../../src/kernel/defineOperator.ts';
import { eventSignal } from '../../../src/testing.ts';
import type { EventSignal, FindingSignal } from '../../../src/signal.ts';

const minute = 60_000;
const start = Date.UTC(2026, 2, 14, 3);
/** Minutes at which a rule fired and was over, in a group that has so many lines in each minute. */
function story(volume: string, perMinute: (minutes: number) => number, minutes = 300): string[] {
  const lines: EventSignal[] = [];
  for (let m = 0; m < minutes; m++)
    for (let i = 0, many = perMinute(m); i < many; i++) {
      const time = start + m * minute + Math.floor((i * minute) / many);
      lines.push({ ...eventSignal(`request ${i % 3 === 0 ? 'served' : 'queued for a worker'}`, time, { group_id: 'web' }), key: 'web' });
    }
  let out: Flow[] = [];
  from<Flow[]>(lines)
    .pipe(memory({ window: '5m' }), rules([{ name: 'low', when: { volume } }]), toArray())
    .subscribe((all) => (out = all));
  const findings = out.filter((s): s is FindingSignal => s.kind === 'finding');
  const told = findings.map(({ finding, time }) => `${finding.state} ${Math.round((time - start) / minute)}`);
  return told.filter((line, i) => line.split(' ')[0] !== told[i - 1]?.split(' ')[0]);
}

describe('a rule about the volume of a group', () => {
  it('fires while less comes than that share of the usual, and is over with it', () => {
    expect(story('below 0.3', (m) => (m >= 200 && m < 230 ? 2 : 20))).to.deep.equal(['firing 205', 'resolved 240']);
  });

  it('says nothing of a group that has as much as ever, or half', () => {
    expect(story('below 0.3', (m) => (m >= 200 && m < 230 ? 10 : 20))).to.deep.equal([]);
  });

  it('fires above a multiple of it', () => {
    expect(story('above 3', (m) => (m >= 200 && m < 230 ? 100 : 20))[0]).to.equal('firing 205');
    expect(story('above 3', (m) => (m >= 200 && m < 230 ? 40 : 20))).to.deep.equal([]);
  });

  it('is written as below a share, or above a multiple', () => {
    expect(['below 0.3', ' above 3 ', 'below 0.05'].map(readVolume)).to.deep.equal([
      { side: 'below', ratio: 0.3 },
      { side: 'above', ratio: 3 },
      { side: 'below', ratio: 0.05 },
    ]);
    expect(['below 1', 'below 0', 'above 0.5', 'above 1', 'below', '0.3', 'below 30%', 'under 0.3'].map(readVolume)).to.deep.equal(
      Array(8).fill(null),
    );
  });

  it('is refused with what is wrong in it, and beside a pattern', () => {
    const problems = (when: object) => JSON.stringify(rules.spec.options.safeParse([{ name: 'a', when }]).error);
    expect(problems({ volume: 'below 30%' })).to.include('such as below 0.3 or above 3');
    expect(problems({ volume: 'below 0.3', pattern: 'x' })).to.include('volume is about all lines of a group');
    expect(problems({ volume: 'below 0.3', noData: true })).to.include('no_data is about whole groups');
  });
});
