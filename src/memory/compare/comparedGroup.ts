import type { Event } from '../../event.ts';
import { readEvent } from '../codes/readEvent.ts';
import { rankLevel } from '../judge/levelRank.ts';
import { takeNumbers, GroupSeries } from '../series/groupSeries.ts';
import { TemplateIndex, type Template } from '../templates/templateIndex.ts';
import { addToBins, mergeBins, startBins, type Bins } from './bins.ts';

export type Side = 'before' | 'after';

/** What one side saw of a pattern, or of a group. */
export interface Tally {
  count: number;
  bins: Bins;
  /** Rank of its worst level, -1 where none was given. */
  level: number;
  /** The line that came first. */
  line: { at: number; id: string; timestamp: string; text: string } | null;
}

export const startTally = (): Tally => ({ count: 0, bins: startBins(), level: -1, line: null });

export type Sides<T> = Record<Side, T>;
export const bothSides = <T>(make: () => T): Sides<T> => ({ before: make(), after: make() });

/** Indices under which the numbers of a side are kept. */
export const sideWindow: Sides<number> = { before: 0, after: 1 };
const MAX_TEMPLATES = 16_384;
const LINE_LENGTH = 500;

/** What both sides saw of one group: its patterns are learned from all of it, so that a line has the same one on either side. */
export class ComparedGroup {
  readonly group: string;
  readonly index: TemplateIndex;
  /** Events by level, -1 of those without one being left out, before. */
  readonly levels: number[] = [];
  readonly all = bothSides(startTally);
  readonly series = new GroupSeries(1);
  readonly #tallies = new Map<string, Sides<Tally>>();

  constructor(group: string) {
    this.group = group;
    this.index = new TemplateIndex({ group, limits: { maxTemplates: MAX_TEMPLATES } });
  }

  add(side: Side, event: Event, time: number): void {
    const template = this.index.learn(event.text, time, event.id, readEvent(event));
    if (!template) return;
    const level = template.levelOfLine(rankLevel(event.metadata.level));
    if (side === 'before' && level >= 0) this.levels[level] = (this.levels[level] ?? 0) + 1;
    let tally = this.#tallies.get(template.id);
    if (!tally) this.#tallies.set(template.id, (tally = bothSides(startTally)));
    for (const one of [tally[side], this.all[side]]) count(one, event, { time, level });
    const { lastTemplate, lastAlign: align, scanner: scan } = this.index;
    if (lastTemplate !== template) return;
    const watched = this.series.find(template, sideWindow[side]);
    if (watched) takeNumbers(watched, sideWindow[side], { template, scan, align }, event.metadata);
  }

  /** Its patterns with what was seen of them, templates that became one being one. */
  patterns(): { template: Template; tally: Sides<Tally> }[] {
    const found = new Map<Template, Sides<Tally>>();
    for (const [id, tally] of this.#tallies) {
      const template = this.index.get(id);
      if (!template) continue;
      const known = found.get(template);
      if (!known) found.set(template, tally);
      else for (const side of ['before', 'after'] as const) merge(known[side], tally[side]);
    }
    return [...found].map(([template, tally]) => ({ template, tally }));
  }
}

function count(tally: Tally, event: Event, { time, level }: { time: number; level: number }): void {
  tally.count += 1;
  addToBins(tally.bins, time);
  tally.level = Math.max(tally.level, level);
  if (tally.line === null || time < tally.line.at)
    tally.line = { at: time, id: event.id, timestamp: event.timestamp, text: event.text.slice(0, LINE_LENGTH) };
}

function merge(into: Tally, from: Tally): void {
  into.count += from.count;
  mergeBins(into.bins, from.bins);
  into.level = Math.max(into.level, from.level);
  if (from.line && (into.line === null || from.line.at < into.line.at)) into.line = from.line;
}
