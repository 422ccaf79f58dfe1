import { expect } from 'chai';
import { NumberedLog } from '../../src/engine/numberedLog.ts';
import { readTail } from '../../src/engine/readTail.ts';
import { MemoryEngine } from '../support/engine/memoryTransport.ts';

describe('the tail of a log', () => {
  it('is its newest message, and number 0 without any', async () => {
    const transport = new MemoryEngine({ step: false }).transport('w1');
    expect(await readTail(transport, 'desk')).to.deep.equal({ n: 0, flag: '' });
    const log = await NumberedLog.open(transport, 'desk');
    await log.append(3, Buffer.from('a'));
    await log.append(7, Buffer.from('b'), 'end');
    expect(await readTail(transport, 'desk')).to.include({ n: 7, flag: 'end' });
  });
});
