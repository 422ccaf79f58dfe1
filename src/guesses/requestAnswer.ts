import { z } from 'zod';
import { explainFailure } from '../base/explainFailure.ts';
import { readBounded } from '../embedders/http/readBounded.ts';
import { retryAfter } from '../base/retryAfter.ts';
import { withTimeLimit } from '../base/timeLimit.ts';
import type { Io } from '../io.ts';
import type { GuessRequest, Usage } from './request.ts';

/** What came of a question. `free`: nothing was made that could be charged. */
export type Reply =
  { ok: true; content: string; usage: Usage | null } | { ok: false; why: string; free: boolean; /** Milliseconds. */ wait: number };

/** Largest answer that is read, bytes. */
const largestAnswer = 256 * 1024;
/** Most that a server's Retry-After is believed, milliseconds. */
const longestWait = 3_600_000;
/** Failures of a connection before anything was sent. */
const unreached = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;

const count = z.int().min(0).max(1e9);
/** The part of an answer we read; servers add fields of their own. */
const completion = z.looseObject({
  choices: z.array(z.looseObject({ message: z.looseObject({ content: z.string() }) })).min(1),
  usage: z.unknown().optional(),
});
const usageFields = z.looseObject({ prompt_tokens: count, completion_tokens: count });

/** One request to an OpenAI-compatible chat endpoint. Rejects only where `signal` aborts. */
export async function requestAnswer(
  io: Io,
  { url, body }: GuessRequest,
  { apiKey, timeout, signal }: { apiKey: string | undefined; timeout: number; signal?: AbortSignal | undefined },
): Promise<Reply> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (apiKey !== undefined) headers.authorization = `Bearer ${apiKey}`;
  try {
    return await withTimeLimit(
      io,
      timeout,
      async (limit) => {
        const response = await io.net.fetch(url, { method: 'POST', headers, body, signal: limit, redirect: 'manual' });
        if (response.ok) return readReply(await readBounded(response, largestAnswer));
        await response.body?.cancel();
        const wait = retryAfter(response.headers.get('retry-after'), io.now(), longestWait) ?? 0;
        return { ok: false, why: `the endpoint answered ${response.status}`, free: true, wait };
      },
      signal,
    );
  } catch (error) {
    signal?.throwIfAborted();
    const code = (error as { cause?: { code?: unknown } }).cause?.code;
    return { ok: false, why: explainFailure(error), free: typeof code === 'string' && unreached.test(code), wait: 0 };
  }
}

function readReply(text: string): Reply {
  const nonsense = (why: string): Reply => ({ ok: false, why, free: false, wait: 0 });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return nonsense('the answer is no JSON');
  }
  const read = completion.safeParse(json);
  if (!read.success) return nonsense('the answer holds no message');
  const usage = usageFields.safeParse(read.data.usage);
  return {
    ok: true,
    content: read.data.choices[0]!.message.content,
    usage: usage.success ? { input: usage.data.prompt_tokens, output: usage.data.completion_tokens } : null,
  };
}
