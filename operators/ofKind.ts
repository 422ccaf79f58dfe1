import { filter, type OperatorFunction } from 'rxjs';
import type { Flow, Signal } from '../src/signal.ts';

/** Of what flows, the signals of a kind; where the stream does not say what flows in it, what is known of the kind. */
export type OfKind<S extends Flow, K extends string> = Extract<S, { kind: K }> extends never ? Known<K> : Extract<S, { kind: K }>;
type Known<K extends string> = Extract<Signal, { kind: K }> extends never ? Flow & { kind: K } : Extract<Signal, { kind: K }>;

/**
 * For plain code: lets signals of one kind through, with its type; a kind of your own too.
 *
 *     in     a-(br)-c-|      r = a radar
 *            ofKind('radar')
 *     out    --r------|
 */
export function ofKind<K extends string, S extends Flow = Flow>(kind: K): OperatorFunction<S, OfKind<S, K>> {
  return filter((signal: S): signal is S & OfKind<S, K> => signal.kind === kind);
}
