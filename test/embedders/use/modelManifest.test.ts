import { expect } from 'chai';
import fc from 'fast-check';
import { listShards, parseManifest, weightBytes } from '../../../src/embedders/use/modelManifest.ts';

const weight = (shape: number[], dtype = 'float32', more: object = {}) => ({ name: 'w', shape, dtype, ...more });
const modelJson = (paths: string[], ...weights: object[]) =>
  JSON.stringify({ modelTopology: { node: [] }, weightsManifest: [{ paths, weights }] });
const bytesOf = (...weights: object[]) => weightBytes(parseManifest(modelJson(['a'], ...weights)));

describe('a model.json', () => {
  it('names its shards in the order their bytes are joined, and keeps what is not ours', () => {
    const groups = [['b', 'a'], ['c']].map((paths) => ({ paths, weights: [], more: 1 }));
    const read = parseManifest(JSON.stringify({ format: 'graph-model', modelTopology: {}, weightsManifest: groups }));
    expect(listShards(read)).to.deep.equal(['b', 'a', 'c']);
    expect(read).to.include({ format: 'graph-model' });
  });

  for (const name of ['../outside', '/etc/passwd', 'a/b', 'a\\b', '.hidden', 'a b', 'a?b', 'x'.repeat(129), 'é'])
    it(`is refused with the shard ${JSON.stringify(name.slice(0, 20))}`, () => {
      expect(() => parseManifest(modelJson(['fine', name]))).to.throw('unsafe shard name');
    });

  it('is taken with any shard of plain letters, digits, dots and dashes', () =>
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/), (name) => {
        expect(listShards(parseManifest(modelJson([name])))).to.deep.equal([name]);
      }),
      { numRuns: 50 },
    ));

  for (const [what, text] of [
    ['that is none', '{}'],
    ['without weights', '{"modelTopology":{}}'],
    ['with a shape below nothing', modelJson(['a'], weight([-1]))],
    ['with a shard without a name', modelJson([''])],
  ] as const)
    it(`is refused ${what}`, () => expect(() => parseManifest(text)).to.throw('not a model.json of a graph model'));

  const sizes: [name: string, weights: object[], bytes: number | null][] = [
    ['of floats', [weight([2, 3])], 24],
    ['of a single number', [weight([])], 4],
    ['of nothing', [weight([0, 9])], 0],
    ['of all kinds together', [weight([2], 'bool'), weight([2], 'int32'), weight([1], 'complex64')], 18],
    ['that was made smaller', [weight([10], 'float32', { quantization: { dtype: 'uint8' } })], 10],
    ['of a string, whose length nobody knows', [weight([2]), weight([1], 'string')], null],
  ];
  for (const [name, weights, bytes] of sizes) it(`tells the bytes of weights ${name}`, () => expect(bytesOf(...weights)).to.equal(bytes));
});
