import { z } from 'zod';

/** Pieces before these are unknown, begin, end and three free ones; the tokenizer never matches them. */
const reserved = 6;

/**
 * Pieces with their scores. An empty piece would send the tokenizer's walk back through the text into an endless loop,
 * so it is refused here; the first piece stands for what is unknown and is stepped over one character at a time.
 */
const pieces = z.array(z.tuple([z.string().min(1), z.number()])).min(reserved + 1);

/** Checks a vocab.json. Throws an Error that says what is wrong. */
export function checkVocabulary(text: string): void {
  const read = pieces.safeParse(JSON.parse(text));
  if (!read.success) throw new Error(`not a vocabulary of pieces and scores: ${z.prettifyError(read.error).slice(0, 300)}`);
  if (read.data[0]![0].length !== 1) throw new Error('the first piece of the vocabulary must be one character long');
}
