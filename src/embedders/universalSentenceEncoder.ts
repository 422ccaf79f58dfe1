import { createHash } from 'node:crypto';
import { z } from 'zod';
import { duration } from '../../config/scalars.ts';
import { defineEmbedder, listWarnings, type EmbedderContext } from './embedder.ts';
import { modelFetch } from './modelFetch.ts';
import { similarityOption } from './similarityOption.ts';
import { withStandIn, type FallibleModel } from './standIn.ts';
import { startEncoderThread, type EncoderThread } from './use/encoderThread.ts';
import { backends } from './use/messages.ts';
import { readModel } from './use/modelFiles.ts';
import { modelFolder, sentenceEncoder } from './use/sentenceEncoder.ts';
import { workerFile } from './use/workerFile.ts';

/** Not measured by us: the weights could not be had where this was written. See docs/embedders.md. */
const similarityThreshold = 0.7;

const options = z.strictObject({
  model: z
    .string()
    .min(1)
    .optional()
    .describe('Folder of the model, `hub`, or the http(s) address of a mirror; left out, what `caducus model fetch` has brought.'),
  verify: z.boolean().default(true).describe('Check every file against the published model; false takes a model of your own.'),
  backend: z
    .enum(['auto', ...backends])
    .default('auto')
    .describe('What computes: auto tries tfjs-node, then wasm, then cpu.'),
  batchSize: z.number().int().min(8).max(32).default(16).describe('Texts encoded together.'),
  maxCharacters: z.number().int().min(16).default(512).describe('What is longer is cut: time grows with the square of the length.'),
  rest: duration.prefault('30s').describe('How long an encoder that failed is left alone before it is started anew.'),
  similarityThreshold: similarityOption(similarityThreshold),
});
type Options = z.output<typeof options>;

/**
 * Google's Universal Sentence Encoder lite, run by TensorFlow.js in a thread of its own: it knows that "connection
 * refused" and "peer is not listening" are alike. The packages are optional and are loaded here only.
 * Opening throws CAD080 without a model, CAD082 for a damaged one, CAD081 without the packages, CAD084 when no backend
 * can run it, and CAD083 when a download it was to make fails.
 */
export const universalSentenceEncoder = defineEmbedder({
  name: 'universal-sentence-encoder',
  summary: 'Sentences by meaning, by TensorFlow.js on this machine (optional packages and a model of 28 MB).',
  options,
  similarityThreshold,
  open: async (given, context) => {
    const model = await encoderModel(given, context);
    return withStandIn(model, context, { similarityThreshold: given.similarityThreshold, rest: given.rest });
  },
});

async function encoderModel(given: Options, context: EmbedderContext): Promise<FallibleModel> {
  const { io } = context;
  const warn = listWarnings(context);
  const published = given.verify ? sentenceEncoder : null;
  const folder = await findFolder(given, context);
  const file = await workerFile(io.files);
  const start = async (known?: string) => {
    const { id, ...model } = await readModel(io, folder, published);
    if (known !== undefined && id !== known) throw new Error(`the model in ${folder} was exchanged while it was in use`);
    const tried = given.backend === 'auto' ? backends : [given.backend];
    const thread = await startEncoderThread(file, { ...model, backends: tried, batchSize: given.batchSize }, warn);
    for (const warning of thread.warnings) warn(`embedder universal-sentence-encoder: ${warning}`);
    return { id, thread };
  };
  const first = await start();
  let thread: EncoderThread = first.thread;
  const { dimension } = thread;
  return {
    name: 'universal-sentence-encoder',
    model: `use-${first.id}-${given.maxCharacters}`,
    dimension,
    async embed(texts, give) {
      if (!thread.alive) thread = (await start(first.id)).thread;
      const numbers = await thread.encode(texts.map((text) => text.slice(0, given.maxCharacters)));
      for (let at = 0; at < texts.length; at += 1) give(at, numbers.subarray(at * dimension, (at + 1) * dimension));
    },
    close: () => thread.close(),
  };
}

/** The folder to read the model from; one that is named by an address is downloaded first, unless it is there. */
async function findFolder({ model, verify }: Options, context: EmbedderContext): Promise<string> {
  const { io, cacheDir } = context;
  const remote = model === 'hub' || /^https?:/i.test(model ?? '');
  if (model !== undefined && !remote) return model;
  if (model === undefined) return modelFolder(cacheDir);
  const name = verify ? sentenceEncoder.name : `mirror-${createHash('sha256').update(model).digest('hex').slice(0, 16)}`;
  const folder = modelFolder(cacheDir, name);
  if (verify || !(await io.files.stat(`${folder}/model.json`))) {
    const say = listWarnings(context);
    const onProgress = ({ file, received, retrying }: { file: string; received: number; retrying?: string }) => {
      if (retrying !== undefined) say(`model ${file}: ${retrying}; trying again`);
      else if (received === 0) say(`model ${file}: downloading`);
    };
    await modelFetch({ io, folder, from: model, published: verify ? sentenceEncoder : null, onProgress });
  }
  return folder;
}
