import type { JsonObject } from '../event.ts';
import { makeMessages, makeSchema } from '../findings/guesses/prompt.ts';
import type { Question } from '../findings/guesses/question.ts';
import { parseMoney, type Pico } from '../safeguards/budget/money.ts';
import { tokens, type GuessOptions } from './options.ts';

/** Tokens of input and output. */
export interface Usage {
  input: number;
  output: number;
}

/** A question as it would be sent: everything that leaves but for the key. */
export interface GuessRequest {
  url: string;
  body: string;
  /** Most tokens that it can take. */
  most: Usage;
  /** What these cost, in pico-units of the currency of the budget. */
  cost: Pico;
}

/** What servers add around the messages, tokens. */
const aroundMessages = 256;

/** The request that asks a question. A token is a byte at least, so the bytes of the body are more than its tokens. */
export function makeRequest(question: Question, options: GuessOptions): GuessRequest {
  const { url, model, maxTokens } = options;
  const fields: JsonObject = {
    model,
    messages: makeMessages(question),
    max_tokens: maxTokens,
    temperature: 0,
    stream: false,
    response_format: { type: 'json_schema', json_schema: { name: 'guess', strict: true, schema: makeSchema(question.ask) } },
    ...options.body,
  };
  const body = JSON.stringify(Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)));
  const most = { input: Buffer.byteLength(body) + aroundMessages, output: maxTokens };
  return { url: `${url.replace(/\/+$/, '')}/chat/completions`, body, most, cost: priceUsage(most, options) };
}

const million = 1_000_000n;

/** What so many tokens cost, rounded up to a pico-unit; of a budget in tokens, their number. */
export function priceUsage({ input, output }: Usage, { budget: { currency }, price }: GuessOptions): Pico {
  if (currency === tokens && !price) return exactly(String(input + output));
  const cost = BigInt(input) * exactly(price!.input) + BigInt(output) * exactly(price!.output);
  return (cost + million - 1n) / million;
}

/** A price was checked with the options; that it cannot be read now is a bug. */
function exactly(amount: string): Pico {
  const parsed = parseMoney(amount);
  if (!parsed.ok) throw new Error(`a price cannot be read: ${parsed.reason}`);
  return parsed.pico;
}
