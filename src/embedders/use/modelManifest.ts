import { z } from 'zod';

/** What we read of a model.json; the rest is TensorFlow.js's and passes through. */
const manifest = z.looseObject({
  modelTopology: z.looseObject({}),
  weightsManifest: z.array(
    z.looseObject({
      paths: z.array(z.string().min(1)),
      weights: z.array(
        z.looseObject({
          name: z.string(),
          shape: z.array(z.number().int().nonnegative()),
          dtype: z.string(),
          quantization: z.looseObject({ dtype: z.string() }).optional(),
        }),
      ),
    }),
  ),
});
export type ModelManifest = z.output<typeof manifest>;

const plainName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
const encodeBytes = new Map([
  ['float32', 4],
  ['int32', 4],
  ['complex64', 8],
  ['float16', 2],
  ['uint16', 2],
  ['uint8', 1],
  ['bool', 1],
]);

/** Parses a model.json. Throws an Error that says what is wrong. A shard's name is data from outside: only a plain file name is taken. */
export function parseManifest(text: string): ModelManifest {
  const read = manifest.safeParse(JSON.parse(text));
  if (!read.success) throw new Error(`not a model.json of a graph model: ${z.prettifyError(read.error)}`);
  for (const path of listShards(read.data)) if (!plainName.test(path)) throw new Error(`unsafe shard name ${JSON.stringify(path)}`);
  return read.data;
}

/** Names of the shards, in the order their bytes are joined. */
export const listShards = (model: ModelManifest): string[] => model.weightsManifest.flatMap((group) => group.paths);

/** Bytes all weights take, or null where a weight (a string) has no fixed length. */
export function weightBytes(model: ModelManifest): number | null {
  let total = 0;
  for (const { shape, dtype, quantization } of model.weightsManifest.flatMap((group) => group.weights)) {
    const each = encodeBytes.get(quantization?.dtype ?? dtype);
    if (each === undefined) return null;
    total += each * shape.reduce((product, n) => product * n, 1);
  }
  return total;
}
