import { expect } from 'chai';
import { loosened } from '../../../src/pipeline/tests/loosened.ts';

describe('the fewest changes that let a record fit', () => {
  const cases: [what: string, wanted: object, came: object, changes: [path: string, value: unknown][]][] = [
    ['none where it fits', { a: 1, b: { gt: 1 } }, { a: 1, b: 2 }, []],
    ['a value that came', { a: 1 }, { a: 2 }, [['a', 2]]],
    ['only what differs', { a: 1, b: 2 }, { a: 1, b: 3 }, [['b', 3]]],
    ['a bound moves to the next whole number', { a: { gt: 5, lt: 9 } }, { a: 4.5 }, [['a.gt', 4]]],
    ['a bound lets a whole number in', { a: { gt: 5 } }, { a: 5 }, [['a.gt', 4]]],
    ['upwards as well', { a: { lt: 5, lte: 4 } }, { a: 7.5 }, [['a.lt', 8], ['a.lte', 8]]],
    ['within a map', { a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } }, [['a.c', 3]]],
    ['a field that is not there is asked for no more', { a: 1, b: 2 }, { b: 3 }, [['', { b: 3 }]]],
    ['of a list what came', { a: [1, 2] }, { a: [2, 3] }, [['a', [2]]]],
    ['bounds of what is no number', { a: { gt: 1 } }, { a: 'x' }, [['a', 'x']]],
  ]; // prettier-ignore
  for (const [what, wanted, came, changes] of cases)
    it(what, () => expect(loosened(wanted as never, came, []).map(({ path, value }) => [path.join('.'), value])).to.deep.equal(changes));
});
