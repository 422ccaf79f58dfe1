import type { Trouble } from '../../base/trouble.ts';
import { toIso } from '../../event.ts';
import type { RunReport } from '../../run/report.ts';
import { failsAfter } from '../../sinks/sink.ts';
import { duration } from '../../views/text/duration.ts';
import type { Reading } from './reading.ts';

/** What is known of a source or a sink that was in trouble. */
interface Known {
  type: 'source' | 'sink';
  id: string;
  /** How often trouble has lasted, and how often it was over again. */
  begun: number;
  ended: number;
  /** The trouble it is in; the last one where it is out of it. */
  trouble: Trouble;
  /** How long the last one took, milliseconds. */
  took: number;
}

export type Troubles = Map<string, Known>;

export const startTroubles = (): Troubles => new Map();

/** Looks at which sources and sinks are in trouble. One that lasts for a moment only is none. `now`: milliseconds since 1970. */
export function lookForTroubles(troubles: Troubles, { sources, sinks }: Pick<RunReport, 'sources' | 'sinks'>, now: number): void {
  const look = (type: Known['type'], { id, trouble }: { id: string; trouble?: Trouble }) => {
    const key = `${type}\0${id}`;
    const known = troubles.get(key) ?? null;
    const isIn = known !== null && known.begun > known.ended;
    if (trouble && isIn) known.trouble = trouble;
    else if (trouble && now - trouble.since >= failsAfter)
      troubles.set(key, { type, id, begun: (known?.begun ?? 0) + 1, ended: known?.ended ?? 0, trouble, took: 0 });
    else if (!trouble && isIn) Object.assign(known, { ended: known.begun, took: now - known.trouble.since });
  };
  for (const source of sources) look('source', source);
  for (const sink of sinks) look('sink', sink);
}

const effects = { sink: 'delivers nothing', source: 'gives nothing' } as const;

/** Troubles and their ends, as warnings count them. */
export const readTroubles = (troubles: Troubles): Reading[] =>
  [...troubles.values()].flatMap(({ type, id: component, begun, ended, trouble: { since, why }, took }): Reading[] => [
    { kind: type, component, count: begun, what: `${effects[type]} since ${toIso(since)}: ${why}` },
    { kind: `${type}_back`, component, count: ended, what: `works again after ${duration(took)}` },
  ]);

/** Those that last, in words; null without any. */
export function describeTroubles(troubles: Troubles): string | null {
  const lasting = [...troubles.values()].filter(({ begun, ended }) => begun > ended);
  const words = lasting.map(
    ({ type, id, trouble: { since, why } }) =>
      `${type} ${id} has ${type === 'sink' ? 'delivered' : 'given'} nothing since ${toIso(since)}: ${why}`,
  );
  return words.join('; ') || null;
}
