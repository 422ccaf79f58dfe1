import { expect } from 'chai';
import { addReader, decodeOffer, encodeOffer, listReaders } from '../../../src/engine/readers/offered.ts';
import type { SourceBatch } from '../../../src/sources/source.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';
import { eventAt } from '../../support/fakes.ts';

describe('what a reader offers', () => {
  it('is read as it was written, with all that stands beside its records', () => {
    const batches: SourceBatch[] = [
      { records: [], position: null, watermark: Number.POSITIVE_INFINITY },
      { records: [eventAt(1, 'a'), eventAt(2, 'é')], position: { at: [1, 'x'] }, stream: 's', written: 7, clean: Uint8Array.of(1, 0) },
      {
        records: [{ kind: 'rejected', time: 0, key: '', rejected: { source: 's', reason: 'bad', place: {}, original: 'x' } }],
        position: 3,
        watermark: 5,
      },
    ];
    expect(batches.map((batch) => decodeOffer(encodeOffer(batch)))).to.deep.equal(batches);
  });

  it('is looked for at all readers that were ever there, each once, however many begin at a time', async () => {
    const engine = new MemoryEngine({ step: false });
    const names = ['a', 'b', 'c', 'a', 'd'];
    await Promise.all(names.map((name, i) => addReader(engine.transport(`p${i}`), 's', name)));
    const transport = engine.transport('look');
    expect((await listReaders(transport, 's')).toSorted()).to.deep.equal(['a', 'b', 'c', 'd']);
    expect(await listReaders(transport, 'other')).to.deep.equal([]);
    expect(engine.of('readers.s')).to.have.lengthOf(1);
  });
});
