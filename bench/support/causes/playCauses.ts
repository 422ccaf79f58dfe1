import { options } from '../../../src/findings/episodes/options.ts';
import { EpisodeTracker } from '../../../src/findings/episodes/episodeTracker.ts';
import { isEpisode } from '../../../src/findings/isEpisode.ts';
import { toIso } from '../../../src/event.ts';
import type { EpisodeFinding } from '../../../src/signal.ts';
import { Fleet, type Draw, type Stream } from '../fleet.ts';
import { seeded } from '../seeded.ts';
import { A_DAY, listBesides, listStreams, services, usualNumbers, WINDOW } from '../incidents/services.ts';

/** Windows before the first fault, of a fault, and of calm behind it. */
const LEARNED = 2 * A_DAY;
const LASTS = 3;
const CALM = 120;
/** Kinds of faults of a fleet, and how often each comes. */
const KINDS = 8;
const TIMES = 3;
/** Share of services whose lines name whom they wait for; of faults whose own line comes behind those of who waits; of changes before one. */
const NAMING = 0.5;
const LATE = 0.3;
const CHANGED = 0.3;

/** A fault of one service, and how it spreads to those that need it. */
interface Kind {
  id: number;
  service: string;
  text: string;
}

/** What an episode said of a fault. */
export interface Told {
  kind: number;
  service: string;
  /** How often it had come before. */
  before: number;
  /** null where no episode was told. */
  episode: EpisodeFinding | null;
  /** The group of the earliest member, and of the one with the most lines. */
  earliest: string | null;
  loudest: string | null;
  /** Kind of the past episode that was named as the nearest; null without one. */
  nearest: number | null;
}

/** Who needs whom: each service one to three of those behind it. */
function drawGraph(draw: Draw): ReadonlyMap<string, readonly string[]> {
  return new Map(
    services.map((service, at) => {
      const behind = services.slice(at + 1);
      const many = Math.min(behind.length, 1 + Math.floor(draw() * 3));
      return [service, Array.from({ length: many }, () => behind[Math.floor(draw() * behind.length)]!)];
    }),
  );
}

/** Plays faults into a fleet whose services need each other, each kind several times, in an order by chance. */
export function playCauses(seed: number): Told[] {
  const draw = seeded(seed * 15_485_863);
  const needs = drawGraph(draw);
  const naming = new Set(services.filter(() => draw() < NAMING));
  const fleet = new Fleet(seed, { windowMs: WINDOW });
  const streams = listStreams(draw, () => usualNumbers);
  const tracker = new EpisodeTracker(options.parse({}));
  const kinds = drawKinds(draw, needs);
  let index = 0;
  let latest: EpisodeFinding | null = null;
  const emit = (signal: { finding: Parameters<typeof isEpisode>[0] }) => {
    if (isEpisode(signal.finding)) latest = signal.finding;
  };
  const next = (extra: readonly Stream[]) => {
    const load = (2 + Math.sin((2 * Math.PI * index) / A_DAY)) / 2;
    const radar = fleet.play([...streams, ...listBesides(index, draw, null), ...extra], (stream) => (extra.includes(stream) ? 1 : load));
    index += 1;
    const time = index * WINDOW;
    for (const blip of fleet.blips) tracker.take({ kind: 'blip', time, key: blip.group_id, blip }, emit);
    if (radar) tracker.take({ kind: 'radar', time, key: '', radar }, emit);
    for (let due = tracker.due(); due !== null && due <= time + 60_000; due = tracker.due()) tracker.tick(due, emit);
  };
  const kindOf = new Map<string, number>();
  const told: Told[] = [];
  for (let i = 0; i < LEARNED; i++) next([]);
  for (const kind of shuffled(draw, Array.from({ length: TIMES }, () => kinds).flat())) {
    for (let i = 0; i < CALM; i++) next([]);
    if (draw() < CHANGED) {
      const at = toIso(index * WINDOW - 60_000);
      const mark = { id: `m${index}`, type: 'change' as const, target: '', who: 'ci', at, text: `${kind.service} v${index}` };
      tracker.take({ kind: 'mark', time: index * WINDOW, key: '', mark }, emit);
    }
    latest = null;
    const spread = listSpread(kind, { needs, naming, draw });
    for (let n = 0; n < LASTS; n++) next(spread.map(({ after = 0, ...stream }) => (n === 0 ? { ...stream, after } : stream)));
    told.push(describe(kind, latest, told, kindOf));
  }
  return told;
}

function drawKinds(draw: Draw, needs: ReadonlyMap<string, readonly string[]>): Kind[] {
  const needed = services.filter((service) => [...needs.values()].some((list) => list.includes(service)));
  const words = ['ledger is corrupt', 'disk is full', 'certificate has expired', 'lock is never released', 'replica lost its leader'];
  return Array.from({ length: KINDS }, (_, id) => {
    const service = needed[Math.floor(draw() * needed.length)]!;
    return { id, service, text: `${service} ${words[id % words.length]!}` };
  });
}

/** The lines of a fault: its own, and those of who needs the service and of who needs those, a hop of ten to ninety seconds later each. */
function listSpread(
  { service, text }: Kind,
  { needs, naming, draw }: { needs: ReadonlyMap<string, readonly string[]>; naming: ReadonlySet<string>; draw: Draw },
): Stream[] {
  const delays = new Map([[service, 5000 + Math.floor(draw() * 30_000)]]);
  for (let hop = 0, from = [service]; hop < 2; hop++) {
    const reached: string[] = [];
    for (const one of from)
      for (const [user, list] of needs) {
        if (!list.includes(one) || delays.has(user)) continue;
        delays.set(user, delays.get(one)! + 10_000 + Math.floor(draw() * 80_000));
        reached.push(user);
      }
    from = reached;
  }
  const isLate = draw() < LATE;
  return [...delays].map(([group, delay]): Stream => {
    if (group === service) return { group, text, level: 'ERROR', rate: 3 + draw() * 5, after: isLate ? delay + 100_000 : delay };
    const [upstream] = needs.get(group)!.filter((one) => delays.has(one));
    const line = naming.has(group) ? `${group} call to ${upstream} failed` : `${group} request timed out`;
    return { group, text: line, level: 'ERROR', rate: 3 + draw() * 20, after: Math.min(delay, WINDOW - 30_000) };
  });
}

function describe(kind: Kind, episode: EpisodeFinding | null, told: readonly Told[], kindOf: Map<string, number>): Told {
  const members = episode?.result.members ?? [];
  const counts = new Map<string, number>();
  for (const { group_id: group, count } of members) counts.set(group, (counts.get(group) ?? 0) + count);
  const nearest = episode?.result.seen_before[0];
  if (episode) kindOf.set(episode.id, kind.id);
  return {
    kind: kind.id,
    service: kind.service,
    before: told.filter((one) => one.kind === kind.id && one.episode !== null).length,
    episode,
    earliest: members.toSorted((a, b) => (a.at < b.at ? -1 : 1))[0]?.group_id ?? null,
    loudest: [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? null,
    nearest: nearest === undefined ? null : (kindOf.get(nearest.id) ?? null),
  };
}

function shuffled<T>(draw: Draw, all: readonly T[]): T[] {
  return all
    .map((one) => [draw(), one] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, one]) => one);
}
