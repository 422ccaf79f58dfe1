import type { Signal } from '../signal.ts';

/** A record as it is written: plain JSON with snake_case names. */
export type WrittenRecord = Record<string, unknown>;

/**
 * What a line-writing sink writes for a signal: an event as it is, flagged `late` when its window had closed; anything
 * else with its `kind` in front.
 */
export function recordOf(signal: Signal): object {
  switch (signal.kind) {
    case 'event':
      return signal.late ? { ...signal.event, late: true } : signal.event;
    case 'blip':
      return { kind: signal.kind, ...signal.blip };
    case 'radar':
      return { kind: signal.kind, ...signal.radar };
    case 'finding':
      return { kind: signal.kind, ...signal.finding };
    case 'rejected':
      return { kind: signal.kind, ...signal.rejected };
    case 'mark':
      return { kind: signal.kind, ...signal.mark };
  }
}
