import { z } from 'zod';
import type { Io } from '../../io.ts';
import { Unanswered } from '../../base/askAgain.ts';
import { isTransient, retryAfter } from '../../base/retryAfter.ts';
import { readBounded } from './readBounded.ts';

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
}

/** Largest answer read: 2,048 texts of 4,096 numbers in 20 characters each come to 160 MiB; nobody should ask for more. */
const largestAnswer = 192 * 2 ** 20;

/**
 * One request to an OpenAI-compatible endpoint; vectors in the order of the texts. Rejects with Unanswered when it fails in
 * status, form or length, and with what the network throws.
 */
export async function requestVectors(
  io: Io,
  { url, model, apiKey }: Endpoint,
  input: readonly string[],
  { dimension, signal }: { dimension: number | null; signal: AbortSignal },
): Promise<number[][]> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (apiKey !== undefined) headers.authorization = `Bearer ${apiKey}`;
  const body = JSON.stringify({ model, input, encoding_format: 'float' });
  const response = await io.net.fetch(`${url}/embeddings`, { method: 'POST', headers, body, signal, redirect: 'error' });
  if (response.ok) return readVectors(await readBounded(response, largestAnswer), input.length, dimension);
  await response.body?.cancel();
  const wait = retryAfter(response.headers.get('retry-after'), io.now()) ?? 0;
  throw new Unanswered(`the endpoint answered ${response.status}`, { again: isTransient(response.status), wait });
}

/** Reads the answer. Garbage may come from a proxy in front of a server that restarts, so it counts as passing. */
function readVectors(text: string, count: number, dimension: number | null): number[][] {
  const garbage = (what: string, cause?: unknown) => new Unanswered(what, { again: true, cause });
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
      throw new Unanswered(`a vector has ${embedding.length} numbers instead of ${expected}: another model answers`, { again: false });
    vectors[index] = embedding;
  }
  if (read.data.data.length !== count || vectors.length !== count || Object.keys(vectors).length !== count)
    throw garbage(`${read.data.data.length} vectors came for ${count} texts`);
  return vectors;
}
