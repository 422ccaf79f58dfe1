import { expect } from 'chai';
import { readWith } from '../../../src/engine/readers/readWith.ts';
import { defineSource, sourceOptions, type SourceContext } from '../../../src/sources/source.ts';
import { z } from 'zod';
import { caught } from '../../support/engine/roles.ts';
import { eventAt } from '../../support/fakes.ts';
import { testIo } from '../../support/testIo.ts';

/** A source with one record, and what it was asked. */
function begin() {
  const asked: string[] = [];
  const opened: SourceContext[] = [];
  const source = defineSource({
    name: 'one',
    summary: 'x',
    options: z.strictObject(sourceOptions),
    live: true,
    open: (_options, context) => {
      opened.push(context);
      return {
        batches: (async function* () {
          yield { records: [eventAt(1, 'token=abcdefabcdef0123456789')], position: 5 };
        })(),
        commit: async (position) => void asked.push(`commit ${String(position)}`),
        release: async (position) => void asked.push(`release ${String(position)}`),
        trouble: () => ({ since: 1, why: 'it rains' }),
        close: async () => void asked.push('close'),
      };
    },
  });
  const told: string[] = [];
  const stop = new AbortController();
  const io = {
    ...testIo(),
    sleep: (_ms: number, signal?: AbortSignal) => new Promise<void>((go) => (signal?.aborted ? go() : void setImmediate(go))),
  };
  const options = { io, dataDir: '/d', signal: stop.signal, tell: (text: string) => void told.push(text) };
  const node = { id: 's', name: 'shown', source, options: source.spec.options.parse({}) };
  return { node, pipeline: { name: 'p', redact: ['secrets' as const] }, options, asked, opened, told };
}

describe('a source as one of its readers has it', () => {
  it('is opened where it stood, in the folders of the pipeline, as the part that it is, and masked', async () => {
    const { node, pipeline, options, asked, opened } = begin();
    const texts: string[] = [];
    await readWith(node, pipeline, { ...options, part: { index: 1, of: 3 } }, async (feed) => {
      for await (const { records, position } of feed.batches(3)) {
        texts.push(JSON.stringify(records));
        await feed.commit(position);
        await feed.commit(null);
      }
    });
    expect(opened[0]).to.include({ id: 'shown', from: 3, dataDir: '/d', stateDir: '/d/state/p' });
    expect(opened[0]!.part).to.deep.equal({ index: 1, of: 3 });
    expect(texts).to.have.length(1);
    expect(texts[0]).not.to.contain('abcdefabcdef');
    expect(asked).to.deep.equal(['commit 5', 'release 5', 'close']);
  });

  it('is closed where what is done with it fails, and was not opened where nobody asked', async () => {
    const { node, pipeline, options, asked } = begin();
    const failing = readWith(node, pipeline, options, async (feed) => {
      for await (const _ of feed.batches(null)) throw new Error('no');
    });
    expect(await caught(failing)).to.have.property('message', 'no');
    expect(asked).to.deep.equal(['close']);
    await readWith(node, pipeline, options, async () => undefined);
    expect(asked).to.deep.equal(['close']);
  });

  it('says once what keeps it from giving anything, and of which part that is', async () => {
    const { node, pipeline, options, told } = begin();
    await readWith(node, pipeline, { ...options, part: { index: 1, of: 3 } }, async (feed) => {
      for await (const _ of feed.batches(null)) for (let turn = 0; turn < 20; turn += 1) await new Promise((go) => void setImmediate(go));
    });
    expect(told).to.deep.equal(['The source s (part 1) gives nothing here: it rains.']);
  });
});
