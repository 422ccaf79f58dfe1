import { expect } from 'chai';
import { CodeMix } from '../../../src/memory/series/codeMix.ts';

/** A mix that had windows of so many answers of each code. */
function mixOf(windows: number, counts: Record<string, number>): CodeMix {
  const mix = new CodeMix();
  for (let window = 0; window < windows; window += 1) close(mix, window, counts);
  return mix;
}
function close(mix: CodeMix, window: number, counts: Record<string, number>) {
  for (const [code, count] of Object.entries(counts)) for (let i = 0; i < count; i += 1) mix.add(window, code);
  return mix.close(window, 0.99);
}

describe('the codes in one place of a template', () => {
  it('shift where one comes far more often than its share, and takes that of the others', () => {
    const shift = close(mixOf(20, { 404: 20 }), 20, { 404: 5, 429: 30 });
    expect(shift).to.deep.include({ code: '429', count: 30, usual: 0, before: Array(11).fill(0) });
    expect(shift!.bits).to.be.above(8);
  });

  it('do not shift where all of them come more often', () => {
    expect(close(mixOf(20, { 404: 20, 403: 20 }), 20, { 404: 200, 403: 200 })).to.equal(null);
  });

  it('do not shift for a handful, nor before eight windows and thirty answers are known', () => {
    expect(close(mixOf(20, { 404: 20 }), 20, { 404: 20, 429: 7 })).to.equal(null);
    expect(close(mixOf(7, { 404: 20 }), 7, { 429: 30 })).to.equal(null);
    expect(close(mixOf(20, { 404: 1 }), 20, { 429: 30 })).to.equal(null);
  });

  it('that shifted for long are how it is', () => {
    const mix = mixOf(20, { 404: 20 });
    const told = Array.from({ length: 40 }, (_, i) => close(mix, 20 + i, { 404: 5, 429: 15 }) !== null);
    expect(told[0]).to.equal(true);
    expect(told.at(-1)).to.equal(false);
  });

  it('are sixteen in a window at most', () => {
    const mix = new CodeMix();
    for (let code = 0; code < 40; code += 1) mix.add(0, String(400 + code));
    expect(mix.save().open[0]![1]).to.have.length(16);
    expect(mix.close(3, 1)).to.equal(null);
  });

  it('are the same after a save and load', () => {
    const mix = mixOf(9, { 404: 10, 403: 3 });
    mix.add(9, '404');
    const loaded = CodeMix.load(JSON.parse(JSON.stringify(mix.save())) as never);
    expect(loaded.save()).to.deep.equal(mix.save());
    expect(close(loaded, 9, { 429: 30 })).to.deep.equal(close(mix, 9, { 429: 30 }));
  });
});
