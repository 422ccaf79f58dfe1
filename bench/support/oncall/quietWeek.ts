import { makeChance } from './chance.ts';
import type { Line } from './playLines.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** A Monday. */
export const START = Date.UTC(2026, 10, 2);

/** How often things come in a quiet week. */
export interface Habits {
  days: number;
  /** Lines of the busy service a minute. */
  busy: number;
  /** Share of minutes in which the service of little traffic says something. */
  little: number;
  /** Share of minutes in which the service of office hours says something, and its hours. */
  office: number;
  opens: number;
  closes: number;
  /** Hour and minutes of the nightly batch, and the share of nights with an error that is tried again. */
  batchHour: number;
  batchMinutes: number;
  retried: number;
  /** Day and hour at which a new service comes, and the share of its calls that miss and say so as an error. */
  newDay: number;
  newHour: number;
  misses: number;
}

export const usualHabits: Habits = {
  days: 8,
  busy: 2,
  little: 1 / 40,
  office: 0.7,
  opens: 8,
  closes: 18,
  batchHour: 2,
  batchMinutes: 20,
  retried: 0.5,
  newDay: 5,
  newHour: 10,
  misses: 0.1,
};

/** Habits by chance, all of them such as small healthy services have. */
export function drawHabits(seed: number): Habits {
  const { draw, whole } = makeChance(seed * 7001 + 3);
  return {
    days: 8,
    busy: whole(1, 6),
    little: 1 / whole(10, 120),
    office: 0.2 + 0.8 * draw(),
    opens: whole(6, 10),
    closes: whole(15, 20),
    batchHour: whole(0, 5),
    batchMinutes: whole(5, 45),
    retried: 0.2 + 0.6 * draw(),
    newDay: whole(2, 6),
    newHour: whole(0, 20),
    misses: 0.02 + 0.28 * draw(),
  };
}

/**
 * Days of small, odd, healthy services: a nightly batch with an error on some nights that is tried again, a job every hour,
 * office hours, little traffic, a new service with a known share of misses. `stops` is the day from which the batch and the
 * hourly job do not come; null for never.
 */
export function* quietWeek(seed: number, habits: Habits = usualHabits, stops: number | null = null): Generator<Line> {
  const { draw, whole, hex } = makeChance(seed * 104_651);
  const begun = habits.newDay * 1440 + habits.newHour * 60;
  for (let minute = 0; minute < habits.days * 1440; minute++) {
    const at = START + minute * MINUTE;
    const date = new Date(at);
    const lines: Line[] = [];
    const say = (group: string, seconds: number, text: string, level = 'info') =>
      lines.push({ at: at + seconds * 1000, group, level, text });
    const isWeekend = date.getUTCDay() % 6 === 0;
    const hour = date.getUTCHours();
    const past = date.getUTCMinutes();
    const stopped = stops !== null && at >= START + stops * DAY;
    for (let i = 0; i < habits.busy; i++) say('web', i * 9, `GET /a/${whole(1, 9999)} done in ${whole(10, 90)} ms`);
    if (!stopped && hour === habits.batchHour && past < habits.batchMinutes) say('batch', 3, `exported chunk ${minute}`);
    if (!stopped && hour === habits.batchHour && past === habits.batchMinutes) say('batch', 3, 'export finished');
    if (!stopped && hour === habits.batchHour && past === habits.batchMinutes - 1 && draw() < habits.retried)
      say('batch', 5, `chunk ${minute} failed, will be retried`, 'error');
    if (!stopped && past === 5) say('hourly', 1, `hourly rollup finished rows=${whole(100, 900)}`);
    if (draw() < habits.little) say('lowvol', 7, `webhook ${hex()} accepted`);
    if (!isWeekend && hour >= habits.opens && hour < habits.closes && draw() < habits.office) say('office', 9, `report ${hex()} rendered`);
    if (minute === begun) for (const text of ['starting', 'config loaded', 'listening on 8080']) say('newsvc', 2, text);
    if (minute > begun) say('newsvc', 11, `quote ${hex()} priced`);
    if (minute > begun && draw() < habits.misses) say('newsvc', 13, `cache warmup miss for ${hex()}, using origin`, 'error');
    yield* lines.sort((a, b) => a.at - b.at);
  }
}
