import { expect } from 'chai';
import type { Blip } from '../../src/signal.ts';
import { began, convert, MINUTE, Played } from '../support/memory/playedMemory.ts';

/** Ten requests and an answer a minute, from one minute to another. */
function play(played: Played, from: number, to: number): void {
  for (let minute = from; minute < to; minute += 1) {
    for (let n = 0; n < 10; n += 1) played.event(`request ${n * 7 + minute} was served`, began + minute * MINUTE + n * 5000);
    played.event(`cache emptied in ${minute} ms`, began + minute * MINUTE + 55_000);
  }
}

const rows = (blips: Blip[], word: string): Blip[] => blips.filter(({ label, open }) => !open && label.includes(word));

describe('a memory whose windows become others', () => {
  for (const [from, to] of [
    ['1m', '5m'],
    ['5m', '1m'],
    ['1m', '7m'],
    ['5m', '2m'],
  ] as const) {
    describe(`${from} to ${to}`, () => {
      const length = (text: string): number => Number.parseInt(text, 10) * MINUTE;
      const before = new Played({ window: from });
      play(before, 0, 122);
      const changed = new Played({ window: to }, convert(before.save(), ['window'], { window: length(from) }, { window: to }, 122));
      play(changed, 122, 300);

      it('calls nothing new that was there, and nothing risen or fallen that goes on as it did', () => {
        const odd = changed.blips
          .filter(({ state, open }) => !open && state !== 'steady')
          .map(({ start, label, state }) => [start, label, state]);
        expect(odd).to.deep.equal([]);
      });

      it('expects as many of a window as the new ones bring', () => {
        const [first] = rows(changed.blips, 'served').filter(({ start }) => Date.parse(start) >= began + 122 * MINUTE);
        expect(first!.usual! / (10 * (length(to) / MINUTE))).to.be.within(0.85, 1.15);
      });

      it('tells what had come of the window that was open, and judges it not', () => {
        const partial = changed.blips.filter((blip) => blip.partial);
        const start = Math.floor((began + 122 * MINUTE - 1) / length(from)) * length(from);
        expect(partial.map(({ state, score }) => [state, score])).to.deep.equal(partial.map(() => ['steady', 0]));
        expect(new Set(partial.map((blip) => Date.parse(blip.start)))).to.deep.equal(new Set([start]));
        const minutes = (began + 122 * MINUTE - start) / MINUTE;
        expect(partial.map(({ count }) => count).toSorted((a, b) => a - b)).to.deep.equal([minutes, minutes * 10]);
      });

      it('is learning for twelve windows', () => {
        const learning = rows(changed.blips, 'served').filter(({ why }) => why.learning !== undefined);
        expect(learning).to.have.length(13);
      });

      it('keeps templates, topics, totals and gaps', () => {
        const [was, is] = [before.memory, changed.memory];
        expect([...is.patterns.all()].map(({ id }) => id)).to.deep.equal([...was.patterns.all()].map(({ id }) => id));
        expect([...is.known.topics.all()].map(({ id }) => id)).to.deep.equal([...was.known.topics.all()].map(({ id }) => id));
        for (const pattern of is.patterns.all()) expect(pattern.total).to.be.above(was.patterns.get(pattern.id)!.total);
      });

      it('goes on alike when it is saved in the middle of it', () => {
        const again = new Played({ window: to }, convert(before.save(), ['window'], { window: length(from) }, { window: to }, 122));
        const saved = new Played({ window: to }, again.save());
        play(saved, 122, 140);
        const end = saved.save();
        const on = new Played({ window: to }, end);
        play(on, 140, 300);
        expect([...saved.blips, ...on.blips]).to.deep.equal(changed.blips);
      });
    });
  }

  it('still calls new what is new', () => {
    const before = new Played({ window: '1m' });
    play(before, 0, 122);
    const changed = new Played({ window: '5m' }, convert(before.save(), ['window'], { window: MINUTE }, { window: '5m' }, 122));
    play(changed, 122, 130);
    changed.event('disk failure on volume 7', began + 130 * MINUTE + 1);
    play(changed, 131, 140);
    expect(rows(changed.blips, 'disk').map(({ state }) => state)[0]).to.equal('new');
  });

  it('starts anew where nobody knows any more how long they were', () => {
    const before = new Played({ window: '1m' });
    play(before, 0, 5);
    expect(convert(before.save(), ['window'], {}, { window: '5m' }, 5)).to.equal(null);
  });
});
