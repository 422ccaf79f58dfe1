import { expect } from 'chai';
import { began, MINUTE, Played } from '../../support/memory/playedMemory.ts';

/** What is said in each window, by its minute, of a line that comes in those minutes of a busy group; saved and restored on the way or not. */
function words(minutes: readonly number[], { restoredAt }: { restoredAt?: number } = {}): Record<number, string> {
  const options = { window: '5m' };
  let played = new Played(options);
  const blips = [];
  for (let minute = 0; minute <= minutes.at(-1)! + 10; minute++) {
    if (minute === restoredAt) {
      blips.push(...played.blips);
      played = new Played(options, played.save());
    }
    for (let k = 0; k < 3; k++) played.event(`request ${3 * minute + k} served in 12 ms`, began + minute * MINUTE + k * 1000);
    if (minutes.includes(minute)) played.event('cache missed, using origin', began + minute * MINUTE + 7000);
  }
  const closed = [...blips, ...played.blips].filter(({ label, open, count }) => label.startsWith('cache') && !open && count > 0);
  return Object.fromEntries(closed.map(({ start, state }) => [(Date.parse(start) - began) / MINUTE, state]));
}

describe('a pattern that is back, and was seen too rarely to say how long it stays away', () => {
  const minutes = [180, 182, 184, 186, 188, 235, 242, 247];

  it('is rare, and does not become one that returns when a little more is known of its gaps', () => {
    expect(words(minutes)).to.deep.equal({ 180: 'new', 185: 'new', 235: 'rare', 240: 'rare', 245: 'steady' });
  });

  it('stays so over a restart', () => {
    expect(words(minutes, { restoredAt: 244 })).to.deep.equal(words(minutes));
  });

  it('returns when it has been away for longer than all of the gaps that are known by then', () => {
    expect(words([...minutes, 249, 251, 253, 255, 257, 600])[600]).to.equal('returning');
  });
});
