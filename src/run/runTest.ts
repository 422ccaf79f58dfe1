import { z } from 'zod';
import type { Io } from '../io.ts';
import { defineSink } from '../sinks/sink.ts';
import type { Signal } from '../signal.ts';
import type { Pipeline, SinkNode } from '../pipeline/definition.ts';
import { withoutEmbedder } from '../pipeline/embedderNode.ts';
import { runToEnd } from './openRun.ts';
import type { RunReport } from './report.ts';
import { check, type Seen, type Timing } from '../pipeline/tests/expectations.ts';
import { feedSource } from './feedSource.ts';
import type { TestCase } from '../pipeline/tests/testCase.ts';

export interface TestResult {
  name: string;
  passed: boolean;
  /** Why not, in lines ready to print. */
  failures: string[];
  /** Milliseconds of the clock. */
  took: number;
}

/** Frame 0 of feeds that bring no times: a Saturday midnight, so that windows and days are aligned. */
const epoch = Date.UTC(2026, 2, 14);

/** What a test saw: for each of its expectations what came there. */
export interface Trial {
  seen: Seen[];
  timing: Timing;
  took: number;
}

/** Runs one test of a pipeline and says whether what it expects holds. */
export async function runTest(pipeline: Pipeline, test: TestCase, io: Io): Promise<TestResult> {
  return judge(test, await tryTest(pipeline, test, io));
}

/** Whether a test's expectations hold of what it saw. */
export function judge(test: TestCase, { seen, timing, took }: Trial): TestResult {
  const failures = test.expect.flatMap((expected, i) => check(expected, seen[i]!, timing));
  return { name: test.name, passed: failures.length === 0, failures, took };
}

/** Feeds a pipeline what a test says: its sources replaced by the feeds, its sinks by watchers. Time is event time only. */
export async function tryTest(pipeline: Pipeline, test: TestCase, io: Io): Promise<Trial> {
  const began = io.monotonic();
  const start = test.start === undefined ? epoch : Date.parse(test.start);
  const sources = pipeline.sources
    .filter(({ id }) => Object.hasOwn(test.feed, id))
    .map((node) => feedSource(node, test.feed[node.id]!, { start, frame: test.frame }));
  const watched = new Map<string, Signal[]>();
  const places = test.expect.map((e) => e.from ?? pipeline.operators.at(-1)?.id ?? sources[0]!.id);
  const sinks = [...new Set(places)].flatMap((place) => watchers(pipeline, place, watched));
  const operators = pipeline.operators.map(withoutEmbedder);
  const report = await runToEnd({ ...pipeline, sources, operators, sinks }, { mode: 'once', io });
  const zero =
    test.start === undefined && Object.values(test.feed).some((feed) => typeof feed === 'string') ? (report.first ?? start) : start;
  return {
    seen: places.map((place) => seenAt(place, watched, report)),
    timing: { start: zero, frame: test.frame },
    took: io.monotonic() - began,
  };
}

/** What came out at a place: what the node made itself, not what it only forwarded. */
function seenAt(place: string, watched: ReadonlyMap<string, Signal[]>, report: RunReport): Seen {
  const before = new Set(watched.get(`${place} in`) ?? []);
  return { place, signals: (watched.get(place) ?? []).filter((s) => !before.has(s)), report };
}

/** Sinks that keep what comes out at a place and, for an operator, what went in. */
function watchers(pipeline: Pipeline, place: string, watched: Map<string, Signal[]>): SinkNode[] {
  const sink = pipeline.sinks.find((s) => s.id === place);
  const operator = pipeline.operators.find((o) => o.id === place.split('.')[0]);
  const nodes: [string, string[], readonly string[] | null][] = [
    [place, sink ? sink.from : [place], sink ? ((sink.options as { select?: string[] }).select ?? null) : null],
  ];
  if (operator && !place.includes('.')) nodes.push([`${place} in`, operator.from, null]);
  return nodes.map(([id, from, select]) => {
    const kept: Signal[] = [];
    watched.set(id, kept);
    return {
      id: `test-${id.replaceAll(/[^A-Za-z0-9]/g, '-')}`,
      sink: keeper(kept),
      options: select ? { select } : {},
      from,
    };
  });
}

const keeper = (kept: Signal[]) =>
  defineSink({
    name: 'watch',
    summary: 'keeps what a test looks at',
    options: z.strictObject({ select: z.array(z.string()).optional() }),
    open: async () => {
      const counters = { written: 0, filtered: 0, failed: 0, held: 0 };
      return {
        counters,
        write: async (batch) => {
          kept.push(...batch);
          counters.written += batch.length;
        },
        flush: async () => {},
        close: async () => {},
      };
    },
  });
