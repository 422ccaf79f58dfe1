import { expect } from 'chai';
import fc from 'fast-check';
import { TapSampler } from '../../../src/cli/control/tapSampler.ts';
import type { Flow } from '../../../src/kernel/defineOperator.ts';

const flow = (number: number): Flow => ({ kind: 'event', time: number, key: '' });

describe('a sample of what goes by', () => {
  it('is bounded, and everything that went by is counted once', () => {
    const steps = fc.array(fc.oneof({ weight: 9, arbitrary: fc.boolean() }, fc.constant('take' as const)), { maxLength: 200 });
    fc.assert(
      fc.property(steps, fc.boolean(), fc.integer({ min: 1, max: 8 }), (line, matching, waiting) => {
        let now = 0;
        const sampler = new TapSampler(matching ? ({ time }) => ((now += 1), time === 1) : null, { waiting, looking: 5 }, () => now);
        let [went, wanted, fetched] = [0, 0, 0];
        for (const step of line) {
          if (step === 'take') {
            const taken = sampler.take();
            expect(taken.length).to.be.at.most(waiting);
            fetched += taken.length;
            continue;
          }
          went += 1;
          wanted += Number(step);
          sampler.next(flow(Number(step)));
        }
        fetched += sampler.take().length;
        const { seen, unseen, taken, full } = sampler.counts;
        expect([seen, taken]).to.deep.equal([went, fetched]);
        if (matching) expect(taken).to.be.within(wanted - unseen, wanted);
        else expect(taken + full).to.equal(went);
      }),
    );
  });

  it('looks for no longer than it may, and again when it was fetched', () => {
    let now = 0;
    let looks = 0;
    const slow = () => ((now += 3), (looks += 1), false);
    const sampler = new TapSampler(slow, { waiting: 10, looking: 5 }, () => now);
    for (let at = 0; at < 1_000; at += 1) sampler.next(flow(at));
    expect(looks).to.equal(2);
    expect(sampler.counts.unseen).to.equal(998);
    sampler.take();
    sampler.next(flow(0));
    expect(looks).to.equal(3);
  });

  it('without anything to look for asks no clock', () => {
    const sampler = new TapSampler(null, { waiting: 2, looking: 1 }, () => expect.fail('asked'));
    for (let at = 0; at < 5; at += 1) sampler.next(flow(at));
    expect(sampler.counts).to.deep.equal({ seen: 5, unseen: 0, taken: 2, full: 3 });
  });
});
