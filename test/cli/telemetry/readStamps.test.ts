import { expect } from 'chai';
import { readStamps } from '../../../src/cli/telemetry/readStamps.ts';

const source = { id: 'app', read: 10, accepted: 10, rejected: 0, duplicate: 0 };

describe('what is wrong with the stamps of a source', () => {
  it('is nothing where no record stands at another time than it names', () => {
    expect(readStamps(source).map(({ count }) => count)).to.deep.equal([0, 0, 0]);
  });

  it('is counted by kind: beyond belief, stepping back, ahead of the clock', () => {
    const counts = readStamps({ ...source, strays: 2, set_back: 3, ahead: true }).map(({ kind, component, count }) => [
      kind,
      component,
      count,
    ]);
    expect(counts).to.deep.equal([
      ['stray', 'app', 2],
      ['set_back', 'app', 3],
      ['ahead', 'app', 1],
    ]);
  });
});
