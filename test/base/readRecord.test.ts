import { expect } from 'chai';
import { readRecord } from '../../src/base/readRecord.ts';
import { eventAt } from '../support/fakes.ts';

describe('readRecord', () => {
  it('gives what stands under the name of the kind', () => {
    const signal = eventAt(5, 'x');
    expect(readRecord(signal)).to.equal(signal.event);
  });

  it('gives the values that stand beside the kind, without time and key', () => {
    expect(readRecord({ kind: 'slowest', time: 5, key: 'k', ...{ ms: 7 } })).to.deep.equal({ ms: 7 });
  });

  for (const [what, value] of [
    ['a number', 3],
    ['null', null],
    ['a list', [1]],
  ] as const)
    it(`takes ${what} under the name of the kind for a value like the others`, () => {
      expect(readRecord({ kind: 'tally', time: 5, key: '', ...{ tally: value } })).to.deep.equal({ tally: value });
    });
});
