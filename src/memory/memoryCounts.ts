import type { GroupMemory } from './groupMemory.ts';

/** Lines and patterns that memories do not hold, by why. */
export interface MemoryCounts {
  /** Events whose window had closed. */
  late: number;
  /** Lines a frozen memory did not know. */
  unknown: number;
  /** Lines that came while too much was new: they count under one pattern. */
  overflowed: number;
  templates_evicted: number;
  topics_forgotten: number;
}

/** What a memory has not learned, and what it has let go of, so far. */
export function countMemory({ late, known: { index, topics } }: GroupMemory): MemoryCounts {
  return {
    late,
    unknown: index.unknown,
    overflowed: index.overflowed,
    templates_evicted: index.evictions,
    topics_forgotten: topics.forgotten,
  };
}

/** The sum over memories. */
export function addCounts(a: MemoryCounts, b: MemoryCounts): MemoryCounts {
  return {
    late: a.late + b.late,
    unknown: a.unknown + b.unknown,
    overflowed: a.overflowed + b.overflowed,
    templates_evicted: a.templates_evicted + b.templates_evicted,
    topics_forgotten: a.topics_forgotten + b.topics_forgotten,
  };
}

export const noCounts: MemoryCounts = { late: 0, unknown: 0, overflowed: 0, templates_evicted: 0, topics_forgotten: 0 };
