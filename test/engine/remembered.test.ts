import { expect } from 'chai';
import { Remembered } from '../../src/engine/remembered.ts';

describe('what bytes were made of', () => {
  it('is known of the very bytes, and of no others', () => {
    const remembered = new Remembered<{ text: string }>();
    const [bytes, value] = [Buffer.from('one'), { text: 'one' }];
    expect(remembered.recall(bytes)).to.equal(undefined);
    expect(remembered.remember(bytes, value)).to.equal(bytes);
    expect(remembered.recall(bytes)).to.equal(value);
    for (const other of [Buffer.from(bytes), bytes.subarray(0), new Uint8Array(bytes.buffer)])
      expect(remembered.recall(other)).to.equal(undefined);
  });
});
