import { expect } from 'chai';
import { toIso } from '../../../src/event.ts';
import { NameHistory } from '../../../src/findings/entities/nameHistory.ts';
import type { Blip } from '../../../src/signal.ts';
import { blipSignal } from '../../support/blips.ts';

const WINDOW = 60_000;

const of = (template: string, window: number, more: Partial<Blip> = {}): Blip =>
  blipSignal(template, (window + 1) * WINDOW, { start: toIso(window * WINDOW), state: 'rising', ...more }).blip;

/** Ten lines of a pattern in a window, each with these names. */
const fill = (history: NameHistory, template: string, window: number, names: (i: number) => string[]): void => {
  for (let i = 0; i < 10; i++) history.add(template, 'g', window * WINDOW + i * 100, names(i));
};

/** A history of so many windows in which each line names another volume. */
function usual(windows: number): NameHistory {
  const history = new NameHistory();
  for (let window = 0; window < windows; window++) {
    fill(history, 't', window, (i) => [`vol-${window * 10 + i}`, 'web-1']);
    history.judge(of('t', window));
  }
  return history;
}

describe('which names stand out in a pattern', () => {
  it('is the one in nearly all lines of the window that is in few of those before', () => {
    const history = usual(20);
    fill(history, 't', 20, (i) => [i === 0 ? 'vol-1' : 'vol-7', 'web-1']);
    expect(history.judge(of('t', 20))[0]).to.include({ name: 'vol-7', in: 9, of: 10 });
    expect(history.judge(of('t', 20))[0]!.usual).to.be.below(0.15);
  });

  it('is none where a fifth has another, where it usually is so, or where nothing is known of before', () => {
    const history = usual(20);
    fill(history, 't', 20, (i) => [i < 3 ? `vol-${i}` : 'vol-7', 'web-1']);
    expect(history.judge(of('t', 20))).to.deep.equal([]);
    const fresh = new NameHistory();
    fill(fresh, 't', 0, () => ['vol-7']);
    expect(fresh.judge(of('t', 0))).to.deep.equal([]);
  });

  it('is judged by the group where the pattern is new', () => {
    const history = usual(20);
    fill(history, 'new', 20, () => ['vol-7', 'web-1']);
    expect(history.judge(of('new', 20, { state: 'new' })).map(({ name }) => name)).to.deep.equal(['vol-7']);
  });

  it('is said of an open window too, and of no steady pattern', () => {
    const history = usual(20);
    fill(history, 't', 20, () => ['vol-7']);
    expect(history.judge(of('t', 20, { open: true }))).to.have.length(1);
    expect(history.judge(of('t', 20, { state: 'steady' }))).to.deep.equal([]);
  });

  it('takes in the lines of a pattern that turned out to be the same', () => {
    const history = usual(20);
    fill(history, 'old', 20, () => ['vol-7']);
    fill(history, 't', 20, () => ['vol-7']);
    expect(history.judge(of('t', 20, { merged: ['old'] }))[0]).to.include({ name: 'vol-7', in: 20, of: 20 });
  });

  it('names what is most telling of a name and what it lies in', () => {
    const history = usual(20);
    fill(history, 't', 20, () => ['/data/3/current', '/data/3', '/data']);
    expect(history.judge(of('t', 20)).map(({ name }) => name)).to.deep.equal(['/data/3/current']);
  });

  it('goes on after it was saved as if it had not been', () => {
    const [history, again] = [usual(20), NameHistory.load(JSON.parse(JSON.stringify(usual(20).save())))];
    for (const one of [history, again]) fill(one, 't', 20, () => ['vol-7']);
    expect(again.judge(of('t', 20))).to.deep.equal(history.judge(of('t', 20)));
    expect(again.save()).to.deep.equal(history.save());
  });

  it('is bounded in a flood of patterns, and keeps those with the most lines', () => {
    const history = usual(20);
    fill(history, 't', 20, () => ['vol-7']);
    for (let i = 0; i < 30_000; i++) history.add(`flood-${i}`, 'g', 20 * WINDOW + 500, [`vol-${i}`]);
    expect(history.save().windows.reduce((sum, [, tallies]) => sum + tallies.length, 0)).to.be.at.most(8192);
    expect(history.judge(of('t', 20)).map(({ name }) => name)).to.deep.equal(['vol-7']);
  });
});
