import { createHash } from 'node:crypto';
import { z } from 'zod';
import { askAgain } from '../base/askAgain.ts';
import { duration } from '../../config/scalars.ts';
import { CaducusError } from '../errors.ts';
import type { Io } from '../io.ts';
import { defineEmbedder, type EmbedderContext } from './embedder.ts';
import { requestVectors, type Endpoint } from './http/endpoint.ts';
import { similarityOption } from './similarityOption.ts';
import { withStandIn, type FallibleModel } from './standIn.ts';

/** Cosines of general-purpose models lie high and close together; calibrate on pairs of your own. */
const similarityThreshold = 0.75;

const options = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .describe('Base address of an OpenAI-compatible endpoint, such as http://localhost:11434/v1; /embeddings is added.'),
  model: z.string().min(1).describe('Name of the model the endpoint is asked for.'),
  dimension: z.number().int().positive().optional().describe('Length its vectors must have; left out, the first answer sets it.'),
  apiKeyEnv: z.string().min(1).optional().describe('Name of the environment variable that holds the key.'),
  batchSize: z.number().int().min(1).max(2048).default(64).describe('Texts a request.'),
  maxCharacters: z.number().int().min(16).default(2000).describe('What is longer is cut: models refuse or cut long texts themselves.'),
  timeout: duration.prefault('10s').describe('For a whole request.'),
  retries: z.number().int().min(0).max(10).default(2).describe('Further attempts after a passing failure.'),
  backoff: duration.prefault('500ms').describe('Pause before the second attempt, growing each time; Retry-After lengthens it.'),
  maxWait: duration.prefault('5s').describe('Longest pause between attempts; where more is asked for, lexical vectors stand in.'),
  rest: duration.prefault('30s').describe('How long a failing endpoint is left alone; doubled while it keeps failing, up to ten times.'),
  similarityThreshold: similarityOption(similarityThreshold),
});
type Options = z.output<typeof options>;

/**
 * Vectors from any endpoint that speaks OpenAI's `/v1/embeddings` (Ollama, vLLM, llama.cpp, OpenAI). Texts go to it in
 * batches; passing failures are repeated; while it fails, lexical vectors stand in.
 * Opening throws CAD021 when the key's variable is not set; it asks the endpoint nothing.
 */
export const http = defineEmbedder({
  name: 'http',
  summary: 'Any OpenAI-compatible embeddings endpoint (Ollama, vLLM, OpenAI). Lexical vectors stand in while it fails.',
  options,
  similarityThreshold,
  open: async (given, context) => {
    const { similarityThreshold: threshold, rest } = given;
    return withStandIn(endpointModel(given, context), context, { similarityThreshold: threshold, rest });
  },
});

/**
 * The space is named after model and length and not after the address: the same model answers alike wherever it runs,
 * and moving it must not make every vector again.
 */
const nameSpace = ({ model, dimension, maxCharacters }: Options) =>
  `http-${createHash('sha256')
    .update(JSON.stringify([model, dimension ?? null, maxCharacters]))
    .digest('hex')
    .slice(0, 16)}`;

function endpointModel(given: Options, { io }: EmbedderContext): FallibleModel {
  const endpoint = { url: given.url.replace(/\/+$/, ''), model: given.model, apiKey: makeKey(given, io) };
  let dimension = given.dimension ?? null;
  const { timeout, retries, backoff, maxWait } = given;
  const asking = {
    name: endpoint.url,
    timeout,
    attempts: retries + 1,
    waits: { first: backoff, most: maxWait },
    longestWait: maxWait,
    failed: () => model.onRetry?.(),
  };
  const model: FallibleModel = {
    name: 'http',
    model: nameSpace(given),
    get dimension() {
      return dimension;
    },
    expect: (length) => void (dimension ??= length),
    async embed(texts, give) {
      for (let from = 0; from < texts.length; from += given.batchSize) {
        const input = texts.slice(from, from + given.batchSize).map((text) => text.slice(0, given.maxCharacters));
        const vectors = await askAgain(io, asking, (signal) => requestVectors(io, endpoint, input, { dimension, signal }));
        for (const [at, vector] of vectors.entries()) give(from + at, vector);
        dimension ??= vectors[0]!.length;
      }
    },
    close: async () => {},
  };
  return model;
}

function makeKey({ apiKeyEnv }: Options, { env }: Io): Endpoint['apiKey'] {
  if (apiKeyEnv === undefined) return undefined;
  const key = env[apiKeyEnv];
  if (!key) throw new CaducusError('CAD021', { path: 'apiKeyEnv' }, `${apiKeyEnv} is not set: it should hold the key of the endpoint`);
  return key.trim();
}
