import type { io } from '@tensorflow/tfjs-core';
import { setBackend } from './setBackend.ts';
import type { Backend, EncoderStart } from './messages.ts';

/** The sentence encoder, loaded on a backend that has proved to work. */
export interface Encoder {
  backend: Backend;
  dimension: number;
  /** Backends that were there and failed, and what is slow about the one in use. */
  warnings: string[];
  /** Vectors in the order of the texts, one after the other. No text may be blank. */
  encode(texts: readonly string[]): Promise<Float32Array>;
}

/** The optional packages cannot be imported. */
export class MissingPackageError extends Error {
  override readonly name = 'MissingPackageError';
}

type Row = { at: number; text: string };

/**
 * Loads the real package with the first backend that can run the model: each is tried on a short text, since a backend
 * may load and still lack an operation of the model or break on this version of Node. Rejects when none can.
 */
export async function loadEncoder(start: EncoderStart): Promise<Encoder> {
  const { tf, use } = await importPackages();
  tf.enableProdMode(); // no checks and no advice of its own on the console
  const warnings: string[] = [];
  for (const backend of start.backends) {
    try {
      if (!(await setBackend(tf, backend))) continue;
      const model = await use.load({ modelUrl: makeHandler(tf, start) as string, vocabUrl: dataUrl(start.vocabulary) });
      const embed = async (texts: string[]) => {
        const tensor = await model.embed(texts);
        try {
          return { shape: tensor.shape, numbers: (await tensor.data()) as Float32Array };
        } finally {
          tensor.dispose();
        }
      };
      const dimension = (await embed(['disk'])).shape[1];
      if (backend === 'cpu') warnings.push('the cpu backend encodes one or two sentences a second: install @tensorflow/tfjs-backend-wasm');
      return { backend, dimension, warnings, encode: (texts) => encodeAll(texts, start.batchSize, dimension, embed) };
    } catch (error) {
      warnings.push(`backend ${backend} does not work: ${(error as Error).message}`);
    }
  }
  throw new Error(warnings.join('; ') || `none of the backends is installed: ${start.backends.join(', ')}`);
}

/**
 * Encodes in batches of texts of like length. Attention pads each text to the longest of its batch, and the package
 * joins the indices of a batch by repeated copying, so one large batch costs the square of its length.
 */
async function encodeAll(
  texts: readonly string[],
  batchSize: number,
  dimension: number,
  embed: (texts: string[]) => Promise<{ shape: number[]; numbers: Float32Array }>,
): Promise<Float32Array> {
  const rows: Row[] = texts.map((text, at) => ({ at, text }));
  rows.sort((a, b) => a.text.length - b.text.length || a.at - b.at);
  const all = new Float32Array(texts.length * dimension);
  for (let from = 0; from < rows.length; from += batchSize) {
    const batch = rows.slice(from, from + batchSize);
    const { shape, numbers } = await embed(batch.map(({ text }) => text));
    // A text the tokenizer finds nothing in gets no row, and every vector behind it would belong to another text.
    if (shape[0] !== batch.length || shape[1] !== dimension) throw new Error(`${shape.join(' x ')} numbers came for ${batch.length} texts`);
    for (const [row, { at }] of batch.entries()) all.set(numbers.subarray(row * dimension, (row + 1) * dimension), at * dimension);
  }
  return all;
}

async function importPackages() {
  try {
    const [tf, use] = await Promise.all([import('@tensorflow/tfjs-core'), import('@tensorflow-models/universal-sentence-encoder')]);
    return { tf, use };
  } catch (cause) {
    throw new MissingPackageError((cause as Error).message, { cause });
  }
}

/** Hands the model in memory to TensorFlow.js. */
function makeHandler(tf: typeof import('@tensorflow/tfjs-core'), { manifest, weights }: EncoderStart): io.IOHandler {
  const specs = manifest.weightsManifest.flatMap((group) => group.weights) as io.WeightsManifestEntry[];
  return { load: () => tf.io.getModelArtifactsForJSON(manifest as io.ModelJSON, async () => [specs, weights]) };
}

/** The package takes its vocabulary from an address only; this one needs no server. */
const dataUrl = (json: string) => `data:application/json;base64,${Buffer.from(json).toString('base64')}`;
