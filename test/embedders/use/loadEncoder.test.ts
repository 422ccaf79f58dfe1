import { expect } from 'chai';
import { loadEncoder, type Encoder } from '../../../src/embedders/use/loadEncoder.ts';
import type { EncoderStart } from '../../../src/embedders/use/messages.ts';
import { parseManifest } from '../../../src/embedders/use/modelManifest.ts';
import { tinyModel } from '../support/tinyModel.ts';

const files = tinyModel();
const text = (name: string) => new TextDecoder().decode(files.get(name));
const startOf = (more: Partial<EncoderStart> = {}, change = (model: string) => model): EncoderStart => ({
  manifest: parseManifest(change(text('model.json'))),
  weights: Uint8Array.from(['group1-shard1of2', 'group1-shard2of2'].flatMap((name) => [...files.get(name)!])).buffer,
  vocabulary: text('vocab.json'),
  backends: ['cpu'],
  batchSize: 8,
  ...more,
});
const failure = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail('it was expected to reject'),
    (error: unknown) => (error as Error).message,
  );

describe('loading an encoder', () => {
  // TensorFlow.js talks to the console: outside a test it runs in a thread that takes that away.
  const { warn } = console;
  before(() => void (console.warn = () => {}));
  after(() => void (console.warn = warn));

  const texts = ['disk full', 'a', 'connection refused by peer', 'disk full', 'volume'];
  const rows = async ({ encode, dimension }: Encoder) => {
    const all = await encode(texts);
    return texts.map((_, at) => all.slice(at * dimension, (at + 1) * dimension));
  };

  it('gives each text its own row, whatever the batches', async () => {
    const whole = await loadEncoder(startOf());
    expect(whole).to.include({ backend: 'cpu', dimension: 512 });
    const together = await rows(whole);
    expect(together[0]).to.deep.equal(together[3]);
    expect(together[0]).to.not.deep.equal(together[4]);
    for (const [at, row] of (await rows(await loadEncoder(startOf({ batchSize: 2 })))).entries())
      for (const [i, number] of row.entries()) expect(number).to.be.closeTo(together[at]![i]!, 1e-5);
  });

  it('warns of the backend that is slow', async () => {
    const { warnings } = await loadEncoder(startOf());
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.include('cpu backend').and.include('install');
  });

  it('says which backend does not work, and why', async () => {
    const broken = startOf({}, (model) => model.replace('"SparseToDense"', '"NoSuchOperation"'));
    expect(await failure(loadEncoder(broken)))
      .to.include('backend cpu does not work')
      .and.include('NoSuchOperation');
  });

  it('says where none of the backends that were asked for is there', async () => {
    expect(await failure(loadEncoder(startOf({ backends: [] })))).to.include('none of the backends is installed');
  });
});
