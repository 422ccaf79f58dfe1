import { z } from 'zod';

/** What a running pipeline can be asked, one line of JSON a connection. */
export const wish = z.discriminatedUnion('ask', [
  /** How it stands: a line at once and every half second, the newest only. */
  z.strictObject({ ask: z.literal('look') }),
  /** What goes by at a point: an operator, a port of it, a source, or what leaves at the end. */
  z.strictObject({
    ask: z.literal('tap'),
    from: z.string().max(200).nullable(),
    match: z.array(z.string().max(1000)).max(16),
  }),
  /** To take its file as it is now: a line when it has. */
  z.strictObject({ ask: z.literal('reload') }),
]);

export type Wish = z.output<typeof wish>;

/** An answer that is none. */
export interface Refused {
  error: { code?: string; what: string; hint?: string };
}
