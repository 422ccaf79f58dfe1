import { expect } from 'chai';
import { RateMeter } from '../../../src/cli/live/rateMeter.ts';

describe('a rate', () => {
  it('is not known at the first look', () => expect(new RateMeter().take('a', 500, 1_000)).to.equal(0));

  it('is what came since, a second', () => {
    const meter = new RateMeter();
    meter.take('a', 100, 0);
    expect(meter.take('a', 300, 500)).to.equal(400);
  });

  it('forgets what was before the last seconds', () => {
    const meter = new RateMeter();
    for (let at = 0; at <= 10_000; at += 500) meter.take('a', at, at);
    for (let at = 10_500; at <= 20_000; at += 500) meter.take('a', 10_000, at);
    expect(meter.take('a', 10_000, 20_500)).to.equal(0);
  });

  it('is of each counter by itself, and never below none', () => {
    const meter = new RateMeter();
    meter.take('a', 100, 0);
    meter.take('b', 0, 0);
    expect(meter.take('b', 10, 1_000)).to.equal(10);
    expect(meter.take('a', 0, 1_000)).to.equal(0);
  });
});
