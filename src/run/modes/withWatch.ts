import { z } from 'zod';
import { rules } from '../../../operators/rules.ts';
import { waited } from '../../base/waiting.ts';
import { Expectations, type Expectation } from '../../findings/expectations.ts';
import type { Io } from '../../io.ts';
import type { Pipeline, SourceNode } from '../../pipeline/definition.ts';
import type { Finding, Signal } from '../../signal.ts';
import { defineSource, sourceOptions, type SourceBatch } from '../../sources/source.ts';
import { takeCanary, startPulse, watchedSource, type Pulse } from '../intake/watchedSource.ts';

/** The source that says what is missing. Where it is led is no part of what an operator's state means. */
export const watchSource = '~watch';
/** How often it looks, milliseconds. Longer pauses are those of the process, and nobody's silence. */
const lookEvery = 1_000;

/** A pipeline that notices what does not come. */
export interface Watch {
  pipeline: Pipeline;
  /** The same observer, which also sees the canaries that have come through: in what leaves the last operators. */
  seenBy<O extends Observer>(observer: O): O;
  /** A canary has come through, of which that is the event; nothing for any other. */
  sung(id: string): void;
}

interface Observer {
  observe?(signal: Signal): void;
}

/**
 * A pipeline that also says which of its sources should send and do not, and which canaries are late or missing: the source
 * `watch` beside its own, whose records are findings, led to the `rules` on each path, or where there are none to the sinks
 * that take findings. One of which nothing is expected stays as it is.
 */
export function withWatch(given: Pipeline, io: Io): Watch {
  const watched = given.sources.filter(({ expected }) => expected !== undefined);
  if (watched.length === 0) return { pipeline: given, seenBy: (observer) => observer, sung: () => undefined };
  const pulses = new Map(watched.map(({ id }) => [id, startPulse()]));
  const all = watched.flatMap(listExpectations);
  const state = { expectations: new Expectations(all) };
  const readTrouble = (id: string) => () => {
    const missing = state.expectations.missing.find(({ source }) => source === id);
    return missing ? { since: missing.since, why: missing.title } : null;
  };
  const sources = given.sources.map((node) => {
    const pulse = pulses.get(node.id);
    return pulse ? watchedSource(node, pulse, io, readTrouble(node.id)) : node;
  });
  const isLive = sources.some(({ source, options }) => source.spec.live(options));
  const source = defineSource({
    name: 'watch',
    summary: 'what should come and does not',
    options: z.strictObject(sourceOptions),
    accompanies: true,
    live: isLive,
    identity: () => ({}),
    open: (_options, { io: outside, from, signal }) => ({
      batches: isLive ? look(outside, (state.expectations = new Expectations(all, from)), pulses, signal) : nothing(),
      close: async () => {},
    }),
  });
  const node: SourceNode = { id: watchSource, source, options: source.spec.options.parse({}) };
  const sung = (event: string) => {
    for (const { id, expected } of watched) if (expected?.canary) takeCanary(pulses.get(id)!, event, io.now(), expected.canary.within);
  };
  return {
    pipeline: led({ ...given, sources: [...sources, node] }),
    sung,
    seenBy: (observer) => ({
      ...observer,
      observe: (signal: Signal) => {
        if (signal.kind === 'event') sung(signal.event.id);
        observer.observe?.(signal);
      },
    }),
  };
}

function listExpectations({ id: source, expected }: SourceNode): Expectation[] {
  const { expect, canary } = expected ?? {};
  const severity = 'critical';
  return [
    ...(expect === undefined ? [] : [{ name: source, source, title: `${source} sends nothing`, within: expect, severity } as const]),
    ...(canary === undefined
      ? []
      : [
          {
            name: `${source} canary`,
            source,
            title: `the canary of ${source} is late or missing`,
            within: canary.every + canary.within,
            severity,
          } as const,
        ]),
  ];
}

/** Looks every second at what has come; gives the findings that this makes. */
async function* look(
  io: Io,
  expectations: Expectations,
  pulses: ReadonlyMap<string, Pulse>,
  signal: AbortSignal,
): AsyncGenerator<SourceBatch> {
  let last = io.monotonic();
  while (await waited(io, lookEvery, signal)) {
    const at = io.monotonic();
    const passed = Math.min(at - last, 2 * lookEvery);
    last = at;
    const now = readTime(io, pulses);
    const findings = expectations.look(now, passed, takeSeen(pulses), findOver(pulses));
    if (findings.length > 0) yield { records: findings.map((finding) => makeSignal(finding, now)), position: expectations.save() };
  }
}

async function* nothing(): AsyncGenerator<SourceBatch> {}

const makeSignal = (finding: Finding, time: number): Signal => ({ kind: 'finding', time, key: finding.group_id, finding });

/** What came since the last look, by the names of what is expected. */
function takeSeen(pulses: ReadonlyMap<string, Pulse>): Set<string> {
  const seen = new Set<string>();
  for (const [id, pulse] of pulses) {
    if (pulse.hasGiven || pulse.waits) seen.add(id);
    // While the run does not take what came, no canary can come through either; its own look says so.
    if (pulse.hasSung) seen.add(`${id} canary`);
    pulse.hasGiven = false;
    pulse.hasSung = false;
  }
  return seen;
}

const findOver = (pulses: ReadonlyMap<string, Pulse>): Set<string> =>
  new Set([...pulses].flatMap(([id, { isOver }]) => (isOver ? [id, `${id} canary`] : [])));

/** Event time now: the newest that came, and what went by since; never ahead of the wall clock, which it is before the first. */
function readTime(io: Io, pulses: ReadonlyMap<string, Pulse>): number {
  const times = [...pulses.values()].flatMap(({ newest }) => (newest ? [newest.time + io.monotonic() - newest.at] : []));
  return times.length === 0 ? io.now() : Math.floor(Math.min(io.now(), Math.max(...times)));
}

/** Leads the source to where findings meet what people say about them, else to the sinks that take findings. */
function led(pipeline: Pipeline): Pipeline {
  const all = pipeline.sources.flatMap(({ id }) => (id === watchSource ? [] : [id]));
  const carries = new Set<string>();
  const lead = <N extends { id: string; from: string[] }>(node: N, takes: boolean): N => {
    const has = node.from.some((name) => carries.has(name.split('.')[0]!));
    if (has || takes) carries.add(node.id);
    return takes && !has ? { ...node, from: [...(node.from.length > 0 ? node.from : all), watchSource] } : node;
  };
  return {
    ...pipeline,
    operators: pipeline.operators.map((node) => lead(node, node.operator.spec.name === rules.spec.name)),
    sinks: pipeline.sinks.map((node) => lead(node, (node.options as { select?: string[] }).select?.includes('finding') === true)),
  };
}
