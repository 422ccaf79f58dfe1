import { z } from 'zod';
import { duration } from '../../config/scalars.ts';
import type { Json } from '../event.ts';
import { guessParts } from '../results/guess.ts';
import { ledgerFields } from '../safeguards/budget/options.ts';

const json: z.ZodType<Json> = z.json();

/** Counted as they are: one costs one. */
export const tokens = 'tokens';

const budget = z.strictObject({
  limit: ledgerFields.limit.describe('What all questions of a period may cost; one that could pass it is not asked.'),
  currency: ledgerFields.currency.default(tokens).describe('Currency of the limit, which needs price; tokens need none.'),
  period: ledgerFields.period.unwrap().default('day').describe('Calendar period that the limit is for.'),
  timeZone: ledgerFields.timeZone,
});

const price = z.strictObject({
  input: ledgerFields.limit.describe('What a million tokens cost that go out.'),
  output: ledgerFields.limit.describe('What a million tokens cost that come back.'),
});

/** What is said of guesses in a configuration. */
export const guessOptions = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/ })
      .describe('Base address of an OpenAI-compatible endpoint, such as http://localhost:11434/v1; /chat/completions is added.'),
    model: z.string().min(1).max(200).describe('Name of the model the endpoint is asked for.'),
    apiKeyEnv: z.string().min(1).optional().describe('Name of the environment variable that holds the key.'),
    ask: z
      .array(z.enum(guessParts))
      .min(1)
      .default([...guessParts])
      .describe('What is asked for: a few words for each pattern, a summary of an episode, candidate causes.'),
    maxTokens: z.int().min(16).max(16_384).default(800).describe('Longest answer, tokens: that much is booked before a question is asked.'),
    timeout: duration.prefault('60s').describe('For a whole answer.'),
    body: z
      .record(z.string(), json)
      .default({})
      .describe('Fields of the request that are added, or take the place of ours; null leaves one out, such as response_format.'),
    price: price.optional().describe('What tokens cost, in the currency of the budget; needed for a limit in money.'),
    budget: budget.prefault({ limit: 200_000 }).describe('What may be spent.'),
  })
  .refine(({ budget: { currency }, price: given }) => currency === tokens || given !== undefined, {
    error: 'a limit in money needs the price of tokens',
    path: ['price'],
  });
export type GuessOptions = z.output<typeof guessOptions>;
