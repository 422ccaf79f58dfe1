/** A date of the calendar, without time or zone: days since 1970-01-01. */
export type CivilDay = number;

export const dayMs = 86_400_000;

/** The day number of a year, month (from 1; 0 and 13 run over into the next year) and day of the month. */
export const civilDay = (year: number, month: number, day: number): CivilDay => Date.UTC(year, month - 1, day) / dayMs;

/** The same, with a day beyond the end of the month taken for its last one: 31 in February is the 28th or 29th. */
export function clampedDay(year: number, month: number, day: number): CivilDay {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return civilDay(year, month, Math.min(day, last));
}

export interface CivilParts {
  year: number;
  /** From 1. */
  month: number;
  day: number;
  /** ISO 8601: Monday is 1, Sunday 7. */
  weekday: number;
}

export function partsOfDay(civil: CivilDay): CivilParts {
  const date = new Date(civil * dayMs);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay() || 7,
  };
}

/** `2026-03-14` */
export const isoOfDay = (civil: CivilDay): string => new Date(civil * dayMs).toISOString().slice(0, 10);

/** `2026-W11`: the ISO week that holds the day; a week belongs to the year of its Thursday. */
export function nameIsoWeek(civil: CivilDay): string {
  const thursday = civil - partsOfDay(civil).weekday + 4;
  const { year } = partsOfDay(thursday);
  const week = Math.floor((thursday - civilDay(year, 1, 1)) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}
