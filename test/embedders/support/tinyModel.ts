import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const dimension = 512;
/** Words that mean the same in the tiny model: all of a row get the same vector. */
const meanings = [
  ['disk', 'volume', 'drive'],
  ['full', 'exhausted', 'space'],
  ['connection', 'peer', 'socket'],
  ['refused', 'rejected', 'declined'],
  ['login', 'password', 'authentication'],
  ['failed', 'wrong', 'error'],
];

/** A vocabulary of sentence pieces: six reserved ones, whole words, and single letters for everything else. */
function piecesOf(): [string, number][] {
  const reserved = ['\uFFFD', '<s>', '</s>', '<1>', '<2>', '<3>'].map((piece): [string, number] => [piece, 0]);
  const words = meanings.flat().map((word): [string, number] => [`▁${word}`, -4]);
  const letters = [...'▁abcdefghijklmnopqrstuvwxyz0123456789'].map((letter): [string, number] => [letter, -12]);
  return [...reserved, ...words, ...letters];
}

/** Numbers between -1 and 1 that depend on two integers only (an integer hash; no randomness). */
function noise(seed: number, at: number): number {
  let x = Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(at + 1, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d);
  x = Math.imul(x ^ (x >>> 12), 0x297a2d39);
  return ((x ^ (x >>> 15)) >>> 0) / 2 ** 31 - 1;
}

/** A vector a piece: alike for words of one meaning, short for letters, and nothing for the padding behind the last piece. */
function tableOf(pieces: readonly [string, number][]): Float32Array {
  const table = new Float32Array((pieces.length + 1) * dimension);
  for (const [row, [piece]] of pieces.entries()) {
    const meaning = meanings.findIndex((words) => words.includes(piece.slice(1)));
    const seed = meaning >= 0 ? 1000 + meaning : row;
    for (let at = 0; at < dimension; at += 1) table[row * dimension + at] = noise(seed, at) * (meaning >= 0 ? 1 : 0.05);
  }
  return table;
}

const placeholder = (name: string, dims: string[]) => ({
  name,
  op: 'Placeholder',
  attr: { dtype: { type: 'DT_INT32' }, shape: { shape: { dim: dims.map((size) => ({ size })) } } },
});
const constant = (name: string, dtype: string, dims: string[]) => ({
  name,
  op: 'Const',
  attr: { dtype: { type: dtype }, value: { tensor: { dtype, tensorShape: { dim: dims.map((size) => ({ size })) } } } },
});
const node = (name: string, op: string, input: string[], attr: Record<string, unknown> = {}) => ({ name, op, input, attr });
const gathered = { Taxis: { type: 'DT_INT32' }, Tparams: { type: 'DT_FLOAT' }, Tindices: { type: 'DT_INT32' }, batch_dims: { i: '0' } };
const reduced = { keep_dims: { b: false }, T: { type: 'DT_FLOAT' }, Tidx: { type: 'DT_INT32' } };

/**
 * A graph model with the sentence encoder's interface: pieces as a sparse matrix (`indices` [n, 2], `values` [n]) in,
 * a vector of 512 a text out. Like the real one it makes the matrix dense first; then it adds up a vector a piece.
 */
export function tinyModel(): Map<string, Uint8Array> {
  const pieces = piecesOf();
  const table = tableOf(pieces);
  const ints = { one: [1], axis: [0], sumAxis: [1], padding: [pieces.length] };
  const model = {
    format: 'graph-model',
    modelTopology: {
      node: [
        placeholder('indices', ['-1', '2']),
        placeholder('values', ['-1']),
        constant('table', 'DT_FLOAT', [String(pieces.length + 1), String(dimension)]),
        constant('one', 'DT_INT32', ['1']),
        ...['axis', 'sumAxis', 'padding'].map((name) => constant(name, 'DT_INT32', [])),
        node('last', 'Max', ['indices', 'axis'], { ...reduced, T: { type: 'DT_INT32' } }),
        node('shape', 'AddV2', ['last', 'one'], { T: { type: 'DT_INT32' } }),
        node('dense', 'SparseToDense', ['indices', 'shape', 'values', 'padding'], { validate_indices: { b: true } }),
        node('vectors', 'GatherV2', ['table', 'dense', 'axis'], gathered),
        node('sentences', 'Sum', ['vectors', 'sumAxis'], reduced),
      ],
      versions: { producer: 1, minConsumer: 1 },
    },
    weightsManifest: [
      {
        paths: ['group1-shard1of2', 'group1-shard2of2'],
        weights: [
          { name: 'table', shape: [pieces.length + 1, dimension], dtype: 'float32' },
          { name: 'one', shape: [1], dtype: 'int32' },
          ...['axis', 'sumAxis', 'padding'].map((name) => ({ name, shape: [], dtype: 'int32' })),
        ],
      },
    ],
  };
  const weights = new Uint8Array(table.byteLength + 16);
  weights.set(new Uint8Array(table.buffer));
  weights.set(new Uint8Array(Int32Array.from([...ints.one, ...ints.axis, ...ints.sumAxis, ...ints.padding]).buffer), table.byteLength);
  const half = weights.length >> 1;
  return new Map([
    ['model.json', new TextEncoder().encode(JSON.stringify(model))],
    ['vocab.json', new TextEncoder().encode(JSON.stringify(pieces))],
    ['group1-shard1of2', weights.subarray(0, half)],
    ['group1-shard2of2', weights.subarray(half)],
  ]);
}

/** Writes the tiny model into a folder, and gives the folder back. */
export async function writeTinyModel(folder: string): Promise<string> {
  for (const [name, bytes] of tinyModel()) await writeFile(join(folder, name), bytes);
  return folder;
}
