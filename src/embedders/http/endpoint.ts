import { z } from 'zod';
import type { Io } from '../../io.ts';
import { isTransient, retryAfter } from '../../base/retryAfter.ts';
import { withTimeLimit } from '../../base/timeLimit.ts';
import { readBounded } from './readBounded.ts';

/** A request that did not bring vectors. */
export class EndpointError extends Error {
  override readonly name = 'EndpointError';
  /** Whether the same request may succeed later. */
  readonly transient: boolean;
  /** Milliseconds the server asks to be left alone, or null. */
  readonly wait: number | null;
  constructor(message: string, { transient = false, wait = null as number | null, cause = undefined as unknown } = {}) {
    super(message, { cause });
    this.transient = transient;
    this.wait = wait;
  }
}

/** The part of the answer we read; servers add fields of their own. */
const answer = z.looseObject({
  data: z.array(z.looseObject({ index: z.number().int().nonnegative(), embedding: z.array(z.number()).min(1) })),
});

export interface Endpoint {
  /** Address up to and without `/embeddings`. */
  url: string;
  model: string;
  /** The secret itself; it goes into the header and nowhere else. */
  apiKey?: string | undefined;
  /** Milliseconds for a whole request. */
  timeout: number;
}

/** Largest answer read: 2,048 texts of 4,096 numbers in 20 characters each come to 160 MiB; nobody should ask for more. */
const largestAnswer = 192 * 2 ** 20;

/**
 * One request to an OpenAI-compatible endpoint; vectors in the order of the texts.
 * Rejects with an EndpointError when it fails, in time, status, form or length.
 */
export async function requestVectors(io: Io, endpoint: Endpoint, input: readonly string[], dimension: number | null): Promise<number[][]> {
  const { url, model, apiKey, timeout } = endpoint;
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (apiKey !== undefined) headers.authorization = `Bearer ${apiKey}`;
  const body = JSON.stringify({ model, input, encoding_format: 'float' });
  const request = (signal: AbortSignal) =>
    io.net.fetch(`${url}/embeddings`, { method: 'POST', headers, body, signal, redirect: 'error' }).then(async (response) => {
      if (response.ok) return readBounded(response, largestAnswer);
      await response.body?.cancel();
      const wait = retryAfter(response.headers.get('retry-after'), io.now());
      throw new EndpointError(`the endpoint answered ${response.status}`, { transient: isTransient(response.status), wait });
    });
  let text: string;
  try {
    text = await withTimeLimit(io, timeout, request);
  } catch (cause) {
    if (cause instanceof EndpointError) throw cause;
    const { message, cause: below } = cause as Error & { cause?: Error };
    throw new EndpointError(below?.message ? `${message}: ${below.message}` : message, { transient: true, cause });
  }
  return readVectors(text, input.length, dimension);
}

/** Reads the answer. Garbage may come from a proxy in front of a server that restarts, so it counts as passing. */
function readVectors(text: string, count: number, dimension: number | null): number[][] {
  const garbage = (what: string, cause?: unknown) => new EndpointError(what, { transient: true, cause });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw garbage('the answer is no JSON', cause);
  }
  const read = answer.safeParse(json);
  if (!read.success) throw garbage('the answer holds no embeddings', read.error);
  const vectors: number[][] = [];
  for (const { index, embedding } of read.data.data) {
    const expected = dimension ?? read.data.data[0]!.embedding.length;
    if (embedding.length !== expected)
      throw new EndpointError(`a vector has ${embedding.length} numbers instead of ${expected}: another model answers`);
    vectors[index] = embedding;
  }
  if (read.data.data.length !== count || vectors.length !== count || Object.keys(vectors).length !== count)
    throw garbage(`${read.data.data.length} vectors came for ${count} texts`);
  return vectors;
}
