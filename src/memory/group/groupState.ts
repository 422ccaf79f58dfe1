import { Distinct } from '../../kernel/distinct.ts';
import type { PartialWindow } from '../judge/partialBlips.ts';
import type { MemoryOptions } from '../memoryOptions.ts';
import { Patterns } from '../patterns/patterns.ts';
import { startBaseline } from '../rates/groupBaseline.ts';
import type { WindowsChanged } from '../savedGroup.ts';
import { GroupSeries } from '../series/groupSeries.ts';
import { GroupTopics } from '../topics/groupTopics.ts';
import type { Facets } from '../windows/facets.ts';
import { OpenWindows } from '../windows/openWindows.ts';
import type { OpenWindow } from '../windows/window.ts';

/** What a group's memory holds, for the steps that work on it: taking a line, closing a window, saving. Times in milliseconds. */
export class GroupState {
  readonly group: string;
  readonly options: MemoryOptions;
  /** In windows. */
  readonly halfLife: number;
  readonly windows = new OpenWindows();
  readonly patterns: Patterns;
  readonly known: GroupTopics;
  readonly series: GroupSeries;
  /** Events that came after their window had closed. */
  late = 0;
  events = 0;
  /** Index of the last closed window. */
  closed: number | null = null;
  /** Event time of the next early result. */
  early: number | null = null;
  baseline = startBaseline();
  firstEvent: number | null = null;
  lastEvent: number | null = null;
  /** Where the lines of the last window came from that were as usual. */
  others: Facets | undefined;
  changed: WindowsChanged | null = null;
  /** Where it stands for many groups that have no memory of their own: how many there were. */
  groups: Distinct | null = null;
  /** Which of them the line is of that is being taken. */
  origin = '';
  /** Windows that were given up half-way. */
  partial: readonly PartialWindow[] = [];
  reforming: { until: number; ids: ReadonlySet<string> } | null = null;

  /** @param since event time from which there are events, where the group stands for many that were there before it */
  constructor(group: string, options: MemoryOptions, since?: number) {
    this.group = group;
    this.options = options;
    this.halfLife = options.halfLifeMs / options.windowMs;
    this.patterns = new Patterns(this.windows, this.halfLife);
    this.known = new GroupTopics(group, options, this.patterns);
    this.series = new GroupSeries(this.halfLife);
    if (since === undefined) return;
    this.firstEvent = since;
    this.groups = new Distinct();
  }

  findStart(window: OpenWindow): number {
    return window.index * this.options.windowMs;
  }

  findEnd(window: OpenWindow): number {
    return (window.index + 1) * this.options.windowMs;
  }

  /** Index of the window of an event time. */
  indexOf(time: number): number {
    return Math.floor(time / this.options.windowMs);
  }

  /** What share of a window was watched, of which `share` has passed: of the one in which its length was changed, from then on. */
  watched(window: OpenWindow, share: number): number {
    const { windowMs } = this.options;
    const before = this.changed ? (this.changed.at - this.findStart(window)) / windowMs : 0;
    return before > 0 && before < 1 ? Math.max(1 / windowMs, share - before) : share;
  }
}
