import { expect } from 'chai';
import { z } from 'zod';
import { takeCanary, startPulse, watchedSource } from '../../../src/run/intake/watchedSource.ts';
import { defineSource, sourceOptions, type SourceBatch } from '../../../src/sources/source.ts';
import { eventAt } from '../../support/fakes.ts';
import { testIo } from '../../support/testIo.ts';

const spoken = (batches: SourceBatch[]) =>
  defineSource({
    name: 'spoken',
    summary: 'gives what it is told to',
    options: z.strictObject(sourceOptions),
    live: true,
    open: () => ({
      batches: (async function* () {
        yield* batches;
      })(),
      counts: () => ({ duplicate: 3 }),
      close: async () => {},
    }),
  });

function watch(batches: SourceBatch[], io = testIo()) {
  const pulse = startPulse();
  const source = spoken(batches);
  const expected = { canary: { text: 'canary', every: 60_000, within: 30_000 } };
  const node = { id: 'app', source, options: source.spec.options.parse({}), expected };
  const watched = watchedSource(node, pulse, io, () => null);
  const open = watched.source.spec.open(watched.options, { io, id: 'app', from: null, signal: new AbortController().signal });
  return { pulse, open };
}

describe('a watched source', () => {
  it('gives what it gave, and counts what it counted', async () => {
    const given = [
      { records: [eventAt(1), eventAt(2)], position: 1 },
      { records: [], position: 2 },
    ];
    const { open, pulse } = watch(given);
    const got: SourceBatch[] = [];
    for await (const batch of open.batches) got.push(batch);
    expect(got).to.deep.equal(given);
    expect(open.counts!()).to.deep.equal({ duplicate: 3 });
    expect(pulse).to.deep.include({ hasGiven: true, waits: false, isOver: true });
  });

  it('is not silent while what it gave is not taken, and nothing is no record', async () => {
    const { open, pulse } = watch([
      { records: [], position: 1 },
      { records: [eventAt(1)], position: 2 },
    ]);
    const batches = open.batches[Symbol.asyncIterator]();
    await batches.next();
    expect(pulse).to.deep.include({ hasGiven: false, waits: false });
    await batches.next();
    expect(pulse).to.deep.include({ hasGiven: true, waits: true, isOver: false });
  });

  it('times a canary once, and takes one that took too long for none', async () => {
    const { open, pulse } = watch([{ records: [eventAt(1_000, 'a canary'), eventAt(2_000, 'another bird')], position: 1 }]);
    await open.batches[Symbol.asyncIterator]().next();
    const [id] = pulse.underWay.keys();
    expect(pulse.underWay.size).to.equal(1);
    takeCanary(pulse, 'nobody', 5_000, 30_000);
    expect(pulse.canary).to.equal(null);
    takeCanary(pulse, id!, 41_000, 30_000);
    expect([pulse.canary, pulse.hasSung]).to.deep.equal([{ at: 41_000, took: 40_000 }, false]);
    takeCanary(pulse, id!, 2_000, 30_000);
    expect(pulse.canary, 'it has come through before').to.deep.equal({ at: 41_000, took: 40_000 });
    expect(open.canary!()).to.equal(pulse.canary);
  });
});
