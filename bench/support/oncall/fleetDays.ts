import type { Stream } from '../fleet.ts';
import { faults, formerError, type Disturbance, type Fault } from '../incidents/faults.ts';
import { A_DAY, listStreams, usualNumbers, WINDOW, type Numbers } from '../incidents/services.ts';
import { makeChance, type Chance } from './chance.ts';
import type { Line } from './playLines.ts';
import { START } from './quietWeek.ts';

export interface FleetDays {
  services: number;
  /** Days that are counted, and those before them from which it learns. */
  days: number;
  learned: number;
  /** Deploys a day and service. */
  deploys: number;
  /** Hours between two faults. */
  every: number;
  seed: number;
}

/** A fault as it was played. Times in milliseconds. */
export interface Played {
  name: string;
  group: string;
  /** Its first line, or where it has none its first window. */
  at: number;
  until: number;
}

/** Windows after its time in which a fault is still what is told. */
const AFTERMATH = 4;
/** Lines that a rollout writes, each instance. */
const startLines = ['received SIGTERM, draining', 'shutdown complete', 'loaded config', 'connected to broker', 'listening on port 8080'];

interface Plan extends Played {
  fault: Fault;
  first: number;
  windows: number;
}

/** Hosts and hours of a fleet by the clock of windows: lines in order of time, and the faults among them as they begin. */
export function playFleetDays(given: FleetDays): { lines: Generator<Line>; faults: Played[]; from: number; groups: string[] } {
  const chance = makeChance(given.seed * 15_485_863);
  const groups = Array.from({ length: given.services }, (_, i) => `svc-${String(i + 1).padStart(2, '0')}`);
  const plans = planFaults(given, groups, chance);
  const from = START + given.learned * A_DAY * WINDOW;
  return { lines: playAll(given, groups, plans, chance), faults: plans, from, groups };
}

/** Faults one after the other, all kinds in turn, each in a service by chance that had none before while there is one. */
function planFaults({ days, learned, every }: FleetDays, groups: readonly string[], { pick, whole }: Chance): Plan[] {
  const plans: Plan[] = [];
  const free = new Set(groups);
  const step = Math.round((every * A_DAY) / 24);
  for (let at = learned * A_DAY + step, i = 0; at < (learned + days) * A_DAY - A_DAY / 2; at += step, i++) {
    const fault = faults[i % faults.length]!;
    if (free.size === 0) for (const one of groups) free.add(one);
    const group = pick([...free]);
    free.delete(group);
    const first = fault.missesJob ? Math.ceil((at - jobWindow(group)) / A_DAY) * A_DAY + jobWindow(group) : at + whole(0, 11);
    const windows = Math.max(fault.windows, 6);
    if (first + windows > (learned + days) * A_DAY) continue;
    plans.push({
      fault,
      first,
      windows,
      name: fault.name,
      group,
      at: Number.POSITIVE_INFINITY,
      until: START + (first + windows + AFTERMATH) * WINDOW,
    });
  }
  return plans;
}

/** Window of the day in which a service's job is run. */
const jobWindow = (group: string): number => 12 + (Number(group.slice(4)) % 60) * 2;

function* playAll(given: FleetDays, groups: readonly string[], plans: readonly Plan[], chance: Chance): Generator<Line> {
  const state: { numbers: Numbers } = { numbers: usualNumbers };
  const streams = listStreams(chance.draw, () => state.numbers, groups);
  const versions = new Map(groups.map((group) => [group, 1]));
  for (let index = 0; index < (given.learned + given.days) * A_DAY; index++) {
    const load = (2 + Math.sin((2 * Math.PI * index) / A_DAY)) / 2;
    const on = plans.filter(({ first, windows }) => index >= first && index < first + windows);
    const disturbed = on.map((plan): [Plan, Disturbance] => [plan, plan.fault.disturb(plan.group, index - plan.first)]);
    state.numbers = joinNumbers(disturbed.map(([, { numbers }]) => numbers ?? usualNumbers));
    const factor = (stream: Stream) => disturbed.find(([{ group }]) => group === stream.group)?.[1].factor?.(stream) ?? 1;
    const lines: Line[] = [];
    const write = (stream: Stream, many: number) => {
      for (let left = many; left > 0; left--) lines.push(writeLine(stream, index, versions.get(stream.group)!, chance));
    };
    for (const stream of streams) write(stream, chance.count(stream.rate * load * factor(stream)));
    for (const [, { extra = [] }] of disturbed) for (const stream of extra) write(stream, chance.count(stream.rate));
    for (const group of groups) for (const stream of besides(given, group, index, chance, on)) write(stream, stream.rate);
    for (const group of groups) if (chance.draw() < given.deploys / A_DAY) lines.push(...deploy(group, index, versions, chance));
    lines.sort((a, b) => a.at - b.at);
    for (const [plan] of disturbed) plan.at = Math.min(plan.at, firstOf(plan, lines, index));
    yield* lines;
  }
}

/** When a fault is first there to be seen: at its own first line, or as its window begins. */
function firstOf({ group, fault, first }: Plan, lines: readonly Line[], index: number): number {
  const own = fault.disturb(group, index - first).extra?.map(({ text }) => text) ?? [];
  const line = lines.find((one) => one.group === group && own.includes(one.text));
  return own.length > 0 ? (line?.at ?? Number.POSITIVE_INFINITY) : START + index * WINDOW;
}

function writeLine({ group, text, level, hosts }: Stream, index: number, version: number, { draw }: Chance): Line {
  const host = hosts?.[Math.floor(draw() * hosts.length)];
  const written = typeof text === 'string' ? text : text(draw, host ?? '');
  const at = START + index * WINDOW + Math.floor(draw() * WINDOW);
  return { at, group, level, text: written, version: `v${version}`, ...(host === undefined ? {} : { host }) };
}

/** Jobs by the clock, and lines nobody has seen before; on the first days what comes back later. */
function* besides({ learned }: FleetDays, group: string, index: number, { draw, hex }: Chance, on: readonly Plan[]): Generator<Stream> {
  const missed = on.some((plan) => plan.group === group && plan.fault.missesJob);
  if (index % A_DAY === jobWindow(group) && !missed) yield { group, text: `${group} nightly export finished`, level: 'INFO', rate: 1 };
  if (index < (learned * A_DAY) / 4 && index % 40 === 9) yield { ...formerError(group), rate: 3 };
  if (draw() < 0.02) {
    const word = hex(5).replaceAll(/\d/g, 'q');
    yield { group, text: `${group} plugin ${word} says ${word}ing twice`, level: 'INFO', rate: 1 };
  }
}

/** A rollout of a new version: the same few lines, and now and then one that only this version writes. */
function deploy(group: string, index: number, versions: Map<string, number>, chance: Chance): Line[] {
  const version = versions.get(group)! + 1;
  versions.set(group, version);
  const begin = START + index * WINDOW + Math.floor(chance.draw() * (WINDOW / 2));
  const say = (text: string, seconds: number, level = 'INFO'): Line => ({
    at: Math.min(begin + seconds * 1000, START + (index + 1) * WINDOW - 1),
    group,
    level,
    text: `${group} ${text}`,
    version: `v${version}`,
  });
  const lines = startLines.map((text, i) => say(text, 4 * i));
  lines.push(say(`starting release v${version}`, 5));
  if (chance.draw() < 0.3) lines.push(say(`feature ${chance.hex(6)} is on`, 22));
  if (chance.draw() < 0.3) lines.push(say('health check failed: connection refused', 14, 'WARN'));
  return lines;
}

const joinNumbers = (all: readonly Numbers[]): Numbers => ({
  latency: (group, host) => all.reduce((product, { latency }) => product * latency(group, host), 1),
  depth: (group) => all.reduce((product, { depth }) => product * depth(group), 1),
});
