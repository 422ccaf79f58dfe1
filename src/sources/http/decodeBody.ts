import type { Decode, DecodeContext, Decoded } from './decode.ts';

/** Something outside that a body needs did not answer: it may be taken later. */
class Unanswered extends Error {}

/**
 * Decodes a body. One that can never be taken is refused, whatever it makes a decoder fail with, so that its sender does not
 * come back with it for ever; where it could not be judged because something outside did not answer, that error is thrown.
 */
export async function decodeBody(decode: Decode, body: Buffer, context: DecodeContext): Promise<Decoded> {
  const fetchText = (url: string) =>
    context.fetchText(url).catch((cause: unknown) => {
      throw new Unanswered(cause instanceof Error ? cause.message : String(cause), { cause });
    });
  try {
    return await decode(body, { ...context, fetchText });
  } catch (error) {
    if (error instanceof Unanswered) throw error;
    if (error instanceof SyntaxError) return { refuse: `not JSON: ${error.message.slice(0, 200)}` };
    return { refuse: `cannot be read: ${(error instanceof Error ? error.message : String(error)).slice(0, 200)}` };
  }
}
