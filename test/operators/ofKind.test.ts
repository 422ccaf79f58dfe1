import { expect } from 'chai';
import { map, of, toArray } from 'rxjs';
import { ofKind } from '../../operators/ofKind.ts';
import type { Flow, Signal } from '../../src/signal.ts';
import { eventSignal, verify } from '../../src/testing.ts';
import { eventAt } from '../support/fakes.ts';

/** A kind of one's own. */
type Mine = Flow & { kind: 'mine'; ms: number };

const mine: Mine = { kind: 'mine', time: 2, key: '', ms: 7 };

describe('ofKind', () => {
  it('lets signals of one kind through, each when it comes, ends with them and knows no other', () => {
    const signal = (letter: string, time: number): Flow => (letter === 'r' ? { kind: 'mine', time, key: '' } : eventSignal(letter, time));
    const describe = ({ kind }: Flow) => kind;
    verify('a-(br)-c-|', ofKind('mine'), '--r------|', { signal, describe, values: { r: 'mine' } });
    verify('a-(br)-c-|', ofKind('event'), 'a-b----c-|', { signal, describe, values: { a: 'event', b: 'event', c: 'event' } });
    verify('a-r-|', ofKind('finding'), '----|', { signal });
  });

  it('lets signals of one kind through, with the type of that kind', () => {
    let texts: string[] = [];
    of<(Signal | Mine)[]>(eventAt(1, 'a'), mine, eventAt(3, 'b'))
      .pipe(
        ofKind('event'),
        map(({ event }) => event.text),
        toArray(),
      )
      .subscribe((all) => (texts = all));
    expect(texts).to.deep.equal(['a', 'b']);
  });

  it("knows a kind of one's own from what flows", () => {
    const found: number[] = [];
    of<(Signal | Mine)[]>(eventAt(1, 'a'), mine)
      .pipe(
        ofKind('mine'),
        map(({ ms }) => ms),
      )
      .subscribe((ms) => found.push(ms));
    expect(found).to.deep.equal([7]);
  });
});
