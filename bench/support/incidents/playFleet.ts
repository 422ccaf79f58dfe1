import { Fleet, type Stream } from '../fleet.ts';
import { seeded } from '../seeded.ts';
import type { Blip, Radar } from '../../../src/signal.ts';
import { faults, formerError, lastingError, type Disturbance, type Fault } from './faults.ts';
import { A_DAY, jobWindow, listBesides, listStreams, services, usualNumbers, WINDOW, type Numbers } from './services.ts';

/** Windows before the first fault: a job that comes once a day must have been seen often enough to be missed. */
const LEARNED = 9 * A_DAY + 60;
/** Windows after a fault that are its aftermath, and those that are quiet. */
const AFTERMATH = 6;
const QUIET = 12;
/** Windows between two looks at a fault that must be seen throughout. */
const LOOKS = 24;
/** Windows of a fleet that is watched from the middle of a fault on, and the first that is looked at. */
const BEGUN = 18;
const BEGUN_FROM = 6;

export interface Case {
  fault: string;
  service: string;
  /** Rank of the first row of the service in each window that is looked at, 1 the highest; null where it has none. */
  ranks: (number | null)[];
  throughout: boolean;
  /** Whether the two baselines pointed at it in each of them. */
  byErrors: boolean[];
  byNew: boolean[];
}

export interface Played {
  cases: Case[];
  /** Lines at or above 50 in windows without a fault, and the hours of them. */
  quietRows: Blip[];
  quietHours: number;
}

/** Plays all faults into a fleet, one after the other, each into a service by chance. */
export function playFleet(seed: number): Played {
  const draw = seeded(seed * 7919);
  const run = new FleetRun(seed, draw);
  for (let i = 0; i < LEARNED; i++) run.next(i % 40 === 9 && i < 300 ? { extra: services.map(formerError) } : {});
  const cases: Case[] = [];
  const quietRows: Blip[] = [];
  let quietWindows = 0;
  for (const fault of faults) {
    const service = services[Math.floor(draw() * services.length)]!;
    // A job can only be missed when it is due.
    while (fault.missesJob && run.windowOfDay !== jobWindow(service)) run.next({});
    for (let i = 0; i < AFTERMATH; i++) if (!fault.missesJob) run.next({});
    for (let i = 0; i < QUIET && !fault.missesJob; i++) {
      quietWindows += 1;
      quietRows.push(...(run.next({})?.blips.filter(({ score }) => score >= 50) ?? []));
    }
    cases.push(playFault(run, fault, service));
  }
  cases.push(playBegun(seed));
  return { cases, quietRows, quietHours: (quietWindows * WINDOW) / 3_600_000 };
}

function playFault(run: FleetRun, fault: Fault, service: string): Case {
  const one: Case = { fault: fault.name, service, ranks: [], throughout: fault.throughout === true, byErrors: [], byNew: [] };
  for (let n = 0; n < fault.windows; n++) {
    const { factor = () => 1, ...rest } = fault.disturb(service, n);
    const missed = fault.missesJob ? service : null;
    const radar = run.next({ ...rest, factor: (stream) => (stream.group === service ? factor(stream) : 1) }, missed);
    if (n < fault.from || (fault.throughout && n % LOOKS !== 0 && n !== fault.windows - 1)) continue;
    look(one, radar, run);
  }
  return one;
}

/** A fleet that is met in the middle of a fault: nothing is known of before. */
function playBegun(seed: number): Case {
  const draw = seeded(seed * 104_729);
  const service = services[Math.floor(draw() * services.length)]!;
  const run = new FleetRun(seed + 1000, draw);
  const one: Case = { fault: 'begun before', service, ranks: [], throughout: true, byErrors: [], byNew: [] };
  for (let i = 0; i < BEGUN; i++) {
    const radar = run.next({ extra: [lastingError(service)] });
    if (i >= BEGUN_FROM) look(one, radar, run);
  }
  return one;
}

function look(one: Case, radar: Radar | null, { blips }: FleetRun): void {
  const at = radar?.blips.findIndex(({ group_id: group }) => group === one.service) ?? -1;
  one.ranks.push(at < 0 ? null : at + 1);
  one.byErrors.push(countMost(blips, ({ level }) => level === 'ERROR') === one.service);
  one.byNew.push(countMost(blips, ({ first_seen: seen, start }) => seen >= start) === one.service);
}

/** The group with the most lines of a kind in a window, of all there are; the first of equals. */
function countMost(blips: readonly Blip[], counts: (blip: Blip) => boolean): string | null {
  const sums = new Map<string, number>();
  for (const blip of blips)
    if (blip.volume === undefined && blip.measure === undefined && counts(blip))
      sums.set(blip.group_id, (sums.get(blip.group_id) ?? 0) + blip.count);
  return [...sums].reduce<[string, number] | null>((most, one) => (most && most[1] >= one[1] ? most : one), null)?.[0] ?? null;
}

/** A fleet in time: its load over the day, and what stands beside it. */
class FleetRun {
  readonly #draw: () => number;
  readonly #fleet: Fleet;
  readonly #streams: Stream[];
  #numbers: Numbers = usualNumbers;
  #index = 0;

  constructor(seed: number, draw: () => number) {
    this.#draw = draw;
    this.#fleet = new Fleet(seed, { windowMs: WINDOW });
    this.#streams = listStreams(draw, () => this.#numbers);
  }

  get windowOfDay(): number {
    return this.#index % A_DAY;
  }

  get blips(): readonly Blip[] {
    return this.#fleet.blips;
  }

  /** Plays the next window with what disturbs it; the lines of a fault do not follow the load. */
  next({ extra = [], factor = () => 1, numbers = usualNumbers }: Disturbance, missed: string | null = null): Radar | null {
    const load = (2 + Math.sin((2 * Math.PI * this.#index) / A_DAY)) / 2;
    const all = [...this.#streams, ...listBesides(this.#index, this.#draw, missed), ...extra];
    this.#index += 1;
    this.#numbers = numbers;
    return this.#fleet.play(all, (stream) => factor(stream) * (extra.includes(stream) ? 1 : load));
  }
}
