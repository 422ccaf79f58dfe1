import { expect } from 'chai';
import { NumberedLog } from '../../src/engine/numberedLog.ts';
import { Stale, Superseded, type Transport } from '../../src/engine/transport.ts';
import { MemoryEngine } from '../support/engine/memoryTransport.ts';

/** What a package has: a copy of its own, since the program is one file. */
const copy = (await import('../../src/engine/transport.ts?copy' as string)) as typeof import('../../src/engine/transport.ts');

describe('what an engine refuses', () => {
  it('is known whose copy of the class ever it is, and nothing else is', () => {
    expect(copy.Stale).to.not.equal(Stale);
    expect(new copy.Stale('desk')).to.be.instanceOf(Stale).and.not.instanceOf(Superseded);
    expect(new copy.Superseded('desk')).to.be.instanceOf(Superseded).and.not.instanceOf(Stale);
    expect(new Error('Stale')).to.not.be.instanceOf(Stale);
  });

  it('by a package is to the program what it is: another has gone on', async () => {
    const engine = new MemoryEngine({ step: false });
    const transport: Transport = {
      ...engine.transport('a'),
      append: (subject) => Promise.reject(new copy.Stale(subject)),
    };
    const log = await NumberedLog.open(transport, 'desk');
    const error = await log.append(1, Buffer.from('one')).then(null, (thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(Superseded);
  });
});
