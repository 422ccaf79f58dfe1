import { filter, type OperatorFunction } from 'rxjs';
import type { Signal, SignalKind } from '../src/signal.ts';
import type { Flow } from '../src/kernel/defineOperator.ts';

/**
 * For plain code: lets signals of one kind through, with its type.
 *
 *     in     a-(br)-c-|      r = a radar
 *            ofKind('radar')
 *     out    --r------|
 */
export function ofKind<K extends SignalKind>(kind: K): OperatorFunction<Flow, Extract<Signal, { kind: K }>> {
  return filter((signal: Flow): signal is Extract<Signal, { kind: K }> => signal.kind === kind);
}
