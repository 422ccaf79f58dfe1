import { expect } from 'chai';
import { payload } from '../../src/kernel/payload.ts';

describe('the payload of a signal', () => {
  const base = { time: 0, key: '' };
  it('stands under the name of its kind', () => {
    expect(payload({ ...base, kind: 'blip', blip: { score: 1 } } as { kind: string } & typeof base)).to.deep.equal({ score: 1 });
  });
  it('is nothing where a signal holds none, or is called as what every object has', () => {
    expect(payload({ ...base, kind: 'tick' })).to.equal(undefined);
    expect(payload({ ...base, kind: 'toString' })).to.equal(undefined);
  });
});
