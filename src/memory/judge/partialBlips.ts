import type { Blip } from '../../signal.ts';
import type { Pattern } from '../patterns/pattern.ts';
import type { TemplateIndex } from '../templates/templateIndex.ts';
import { levelAt } from './levelRank.ts';
import { makeBlip } from './makeBlip.ts';

/** What had come in a window that was given up half-way, because windows became longer or shorter. Times in milliseconds. */
export interface PartialWindow {
  start: number;
  end: number;
  /** Id of the template, lines, worst level. */
  cells: [template: string, count: number, level: number][];
}

const noBits = { surprise: 0, burst: 0, novelty: 0, severity: 0, together: 0, total: 0 };

/** The lines of such a window: what came is counted, and not judged. */
export function partialBlips(
  { start, end, cells }: PartialWindow,
  group: string,
  { patterns, index }: { patterns: { get(id: string): Pattern | undefined }; index: TemplateIndex },
): Blip[] {
  return cells.flatMap(([id, count, level]) => {
    const pattern = patterns.get(id);
    if (!pattern) return [];
    const judged = {
      bits: noBits,
      score: 0,
      state: 'steady' as const,
      level: levelAt(level),
      usual: null,
      trend: [count],
      why: { seen: count },
    };
    return [{ ...makeBlip(pattern, judged, index, { group, start, end, open: true, count, now: end, fields: [] }), partial: true }];
  });
}
