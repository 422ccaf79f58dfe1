import { expect } from 'chai';
import { Windows } from '../../../src/findings/windows/windows.ts';

const never = () => false;
const always = () => true;

describe('the windows that blips come in', () => {
  it('are over one millisecond after their end, when every group has told of them', () => {
    const windows = new Windows();
    windows.see(300, 600);
    expect(windows.due).to.equal(601);
    expect(windows.over(600, never)).to.deep.equal([]);
    expect(windows.over(601, never)).to.deep.equal([{ width: 300, end: 600 }]);
    expect(windows.due).to.equal(null);
  });

  it('are followed by the next of their length while that is needed, though no blip comes', () => {
    const windows = new Windows();
    windows.see(300, 600);
    windows.over(601, always);
    expect(windows.due).to.equal(901);
  });

  it('are known by the earliest end of each length, and end in order of time, the shorter first', () => {
    const windows = new Windows();
    for (const [width, end] of [
      [300, 600],
      [300, 300],
      [60, 600],
      [60, 300],
    ] as const)
      windows.see(width, end);
    expect(windows.over(1000, never)).to.deep.equal([
      { width: 60, end: 300 },
      { width: 300, end: 300 },
    ]);
  });

  it('come back as they were saved', () => {
    const windows = new Windows();
    windows.see(300, 600);
    windows.see(60, 120);
    const restored = new Windows();
    restored.load(windows.save());
    expect(restored.over(601, never)).to.deep.equal(windows.over(601, never));
  });
});
