import { expect } from 'chai';
import { encodePiece, joinPieces } from '../../../src/engine/machines/savedPartition.ts';

const key = (name: string, touched: number, state: string) => JSON.stringify({ key: name, touched, seen: touched, count: 1, state });

describe('what is saved of a partition', () => {
  it('is a piece with all of its keys, then those that have changed: what came last counts, the key touched last is last', () => {
    const folding = { since: 1, signals: 2, distinct: [], sketches: [] };
    const pieces = [
      encodePiece({ now: 10, folding: null }, [key('a', 1, 'old'), key('b', 2, 'old\nof b'), key('c', 3, 'old')]),
      encodePiece({ now: 20, folding }, [key('a', 7, 'newer'), '{"key":"c","gone":true}', key('d', 6, 'ü')]),
      encodePiece({ now: 30, folding }, [key('a', 9, 'newest')]),
    ];
    expect(joinPieces(pieces)).to.deep.equal({
      now: 30,
      instance: {
        keys: [
          ['b', 2, 'old\nof b', 1],
          ['d', 6, 'ü', 1],
          ['a', 9, 'newest', 1],
        ],
        folding,
      },
    });
  });

  it('has the keys that changed last at its end, though who wrote them had begun to count anew', () => {
    const pieces = [
      encodePiece({ now: 10, folding: null }, [key('a', 70, 'old'), key('b', 80, 'old'), key('c', 90, 'old')]),
      encodePiece({ now: 20, folding: null }, [key('b', 5, 'newer'), key('a', 4, 'newer')]),
      encodePiece({ now: 30, folding: null }, [key('a', 1, 'newest')]),
    ];
    expect(joinPieces(pieces).instance.keys.map(([name, , state]) => `${name} ${String(state)}`)).to.deep.equal([
      'c old',
      'b newer',
      'a newest',
    ]);
  });

  it('may be longer than what is written at a time', () => {
    const keys = Array.from({ length: 5 }, (_, i) => key(`k${i}`, i, 'x'.repeat(700_000)));
    expect(
      joinPieces([encodePiece({ now: 1, folding: null }, keys)]).instance.keys.map(([name, , state]) => [name, String(state).length]),
    ).to.deep.equal([0, 1, 2, 3, 4].map((i) => [`k${i}`, 700_000]));
  });

  it('may have no keys, and no time', () => {
    expect(joinPieces([encodePiece({ now: null, folding: null }, [])])).to.deep.equal({ now: null, instance: { keys: [], folding: null } });
  });
});
