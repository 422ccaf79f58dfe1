import { expect } from 'chai';
import { shareOut } from '../../../src/engine/workers/shareOut.ts';
import { holdWaiting, listWaiting, releaseWaiting } from '../../../src/engine/workers/waiting.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';

const own = { id: 'host.example-7', made: 'abc', release: '1', partitions: 4 };

describe('processes that wait', () => {
  it('are listed with what they have, until they let go', async () => {
    const transport = new MemoryEngine({ step: false }).transport('w');
    expect([await holdWaiting(transport, own), await holdWaiting(transport, own)]).to.deep.equal([true, true]);
    await transport.hold('desk', 'w');
    expect(listWaiting(await transport.leases()).map(({ left, ...rest }) => [left > 0, rest])).to.deep.equal([[true, own]]);
    await releaseWaiting(transport, own);
    expect(listWaiting(await transport.leases())).to.deep.equal([]);
  });

  it('are none that have not been heard of in time', () => {
    expect(listWaiting(new Map([['waiting.a', { holder: JSON.stringify(own), left: 0 }]]))).to.deep.equal([]);
  });

  it('get no share of the work', () => {
    const holders = new Map([
      ['member.a', 'a'],
      ['waiting.b', JSON.stringify({ ...own, id: 'b' })],
    ]);
    expect(shareOut(['in.0', 'in.1'], holders, 'a').take).to.deep.equal(['in.0', 'in.1']);
  });
});
