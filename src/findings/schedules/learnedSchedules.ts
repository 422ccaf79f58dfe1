import { evictOldest } from '../../base/evictOldest.ts';
import { fromSaved, toSaved } from '../../base/saved.ts';
import type { Json } from '../../event.ts';
import { DueHeap } from '../../kernel/dueHeap.ts';
import type { Blip } from '../../signal.ts';
import { nextRun, type NextRun } from './nextRun.ts';

/** A pattern and when its runs began. Plain data; times are milliseconds. */
export interface Habit {
  template: string;
  topic: string;
  group: string;
  label: string;
  /** Length of its windows, and the end of the last one it was seen in. */
  width: number;
  seen: number;
  /** When its runs began, oldest first: windows with lines after two or more without. */
  starts: number[];
  /** Most lines of a window of each of them. */
  peaks: number[];
  /** The begin of the last run when it was reported that none had followed; null before that. */
  reported: number | null;
}

/** In saved state `reported` is called `told`. */
type SavedHabit = Omit<Habit, 'reported'> & { told: number | null };

/** Patterns that are followed, and begins that are kept of each; the oldest go first. */
const most = 2000;
const mostStarts = 256;
/** How far from the same time of another day the same hour is, how many days ago that may be, in how many more lines. */
const day = 86_400_000;
const sameHour = 30 * 60_000;
const longestAgo = 8;
const mostTimes = 2;
/** Lines that are hardly more than none. */
const hardly = 2;
/** Windows without lines that end a run. */
const leastPause = 2;

/** Which patterns come by the clock, and which of them have not come when they were due. */
export class LearnedSchedules {
  readonly #habits = new Map<string, Habit>();
  readonly #dues = new DueHeap();

  get due(): number | null {
    return this.#dues.first()?.time ?? null;
  }

  /** Takes a pattern in a closed window. True when a run of it begins. */
  see(blip: Blip): boolean {
    if (blip.open || blip.count === 0 || blip.measure !== undefined || blip.volume !== undefined) return false;
    const [start, end] = [Date.parse(blip.start), Date.parse(blip.end)];
    const width = end - start;
    const known = this.#habits.get(blip.template_id) ?? this.#found(blip);
    const begins = known.starts.length === 0 || start - known.seen >= leastPause * width;
    Object.assign(known, { width, label: blip.label, seen: Math.max(known.seen, end) });
    if (!begins) {
      known.peaks[known.peaks.length - 1] = Math.max(known.peaks.at(-1)!, blip.count);
      return false;
    }
    known.starts = [...known.starts, start].slice(-mostStarts);
    known.peaks = [...known.peaks, blip.count].slice(-mostStarts);
    // What begins anew is the newest: the map forgets the others first.
    this.#habits.delete(known.template);
    this.#habits.set(known.template, known);
    this.#watch(known);
    return true;
  }

  /**
   * When a pattern last came at this hour on a day before, if that is what it does: on two of the last eight days, or on
   * one where it is no error or hardly a line; and not in more than twice as many lines. Null when it is not.
   */
  usualAt({ template, at, count, isError }: { template: string; at: number; count: number; isError: boolean }): number | null {
    const known = this.#habits.get(template);
    if (!known) return null;
    const days = new Set<number>();
    let last: number | null = null;
    for (const [i, start] of known.starts.entries()) {
      const ago = Math.round((at - start) / day);
      if (ago < 1 || ago > longestAgo || Math.abs(at - start - ago * day) > sameHour || count > mostTimes * known.peaks[i]!) continue;
      days.add(ago);
      last = start;
    }
    return days.size >= 2 || (days.size === 1 && (!isError || count <= hardly)) ? last : null;
  }

  /** Patterns that were due by that time and have not come; each is reported once. */
  missed(time: number): { habit: Habit; run: NextRun }[] {
    const missed: { habit: Habit; run: NextRun }[] = [];
    for (let first = this.#dues.first(); first && first.time <= time; first = this.#dues.first()) {
      this.#dues.set(first.key, null);
      const habit = this.#habits.get(first.key);
      const run = habit && nextRun(habit.starts, habit.width);
      if (!habit || !run) continue;
      habit.reported = habit.starts.at(-1)!;
      missed.push({ habit, run });
    }
    return missed;
  }

  /** The habits of these patterns, or of a group, are habits no more. */
  forget(ids: ReadonlySet<string>): void {
    for (const [template, { topic, group }] of this.#habits) {
      if (!ids.has(template) && !ids.has(topic) && !ids.has(group)) continue;
      this.#habits.delete(template);
      this.#dues.set(template, null);
    }
  }

  save(): Json {
    return toSaved([...this.#habits.values()].map(({ reported, ...habit }): SavedHabit => ({ ...habit, told: reported })));
  }

  load(json: Json): void {
    for (const { told, ...saved } of fromSaved<SavedHabit[]>(structuredClone(json))) {
      const habit: Habit = { ...saved, reported: told };
      this.#habits.set(habit.template, habit);
      this.#watch(habit);
    }
  }

  #found({ template_id: template, topic_id: topic, group_id: group, label }: Blip): Habit {
    const habit: Habit = { template, topic, group, label, width: 0, seen: 0, starts: [], peaks: [], reported: null };
    this.#habits.set(template, habit);
    evictOldest(this.#habits, most);
    return habit;
  }

  #watch({ template, starts, width, reported }: Habit): void {
    const run = reported === starts.at(-1) ? null : nextRun(starts, width);
    this.#dues.set(template, run === null ? null : run.at + width + run.slack);
  }
}
