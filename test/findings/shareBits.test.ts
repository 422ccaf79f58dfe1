import { expect } from 'chai';
import { shareBits } from '../../src/findings/shareBits.ts';

describe('how odd a share is', () => {
  it('is nothing where no more lines have it than usual', () => {
    expect(shareBits({ count: 5, of: 10, usual: 0.5 })).to.equal(0);
    expect(shareBits({ count: 1, of: 10, usual: 0.5 })).to.equal(0);
  });

  it('is a bit a line where all have what half of them have otherwise', () => {
    expect(shareBits({ count: 10, of: 10, usual: 0.5 })).to.equal(10);
  });

  it('rises with the share and with the lines', () => {
    const at = (count: number, of: number) => shareBits({ count, of, usual: 0.1 });
    expect(at(3, 10)).to.be.below(at(4, 10)).and.to.be.below(at(6, 20));
    expect(at(4, 10) * 2).to.be.closeTo(at(8, 20), 1e-9);
  });
});
