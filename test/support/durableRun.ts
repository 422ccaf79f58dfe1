import { expect } from 'chai';
import type { Io } from '../../src/io.ts';
import { builtins } from '../../src/pipeline/builtins.ts';
import { Checkpointing } from '../../src/run/checkpoint/checkpointing.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';
import type { Registry } from '../../src/pipeline/registry.ts';
import { imbalances, type RunReport } from '../../src/run/report.ts';
import { Run, type RunOptions } from '../../src/run/run.ts';

/** A stateful pipeline from a file to the three kinds of file sink, checkpointed every so many events. */
export const durablePipeline = ({ every = 40, memory = 'window: 1m, early: 10s', path = '/in.ndjson', more = '' } = {}): string => `name: p
checkpoint: { events: ${every}, every: 1h }
sources: { in: { file: { path: "${path}", format: ndjson } } }
operators:
  - group_by: { key: group_id }
  - memory: { ${memory} }
  - rank: { top: 5 }
sinks:
  out: { ndjson: { path: /d/out/radar.ndjson, select: [event, blip, radar] } }
  events: { folder: {} }
  store: { segments: { part_bytes: 20KiB } }
${more}`;

/** Canonical events as NDJSON: several groups, some templates, now and then out of order unless told otherwise. */
export function eventLines(count: number, { groups = 4, from = 0, inOrder = false } = {}): string {
  // A day before the clock of testIo: files are of the past.
  const began = Date.UTC(2026, 2, 13);
  const lines: string[] = [];
  for (let n = from; n < from + count; n += 1) {
    const group = `app:${n % groups}`;
    const time = began + n * 2000 - (n % 13 === 0 && !inOrder ? 15_000 : 0);
    const text =
      n % 37 === 36
        ? `disk failure on volume /data/${n % 4}`
        : n % 3 === 0
          ? `request r${n}x from 10.0.0.${n % 200} took ${n} ms`
          : `user u${n % 50} signed in on host-${n % 7}`;
    const event = {
      id: `e${String(n).padStart(7, '0')}`,
      timestamp: new Date(began + 0 + (time - began)).toISOString(),
      source: 'app',
      group_id: group,
      text,
      metadata: { level: n % 37 === 36 ? 'ERROR' : 'INFO' },
    };
    lines.push(`${JSON.stringify(event)}\n`);
  }
  return lines.join('');
}

export interface DurableRun extends Partial<RunOptions> {
  io: Io;
  text?: string;
  dataDir?: string;
  registry?: Registry;
  restored?(number: number, bad: number): void;
  acceptChanges?: boolean;
  changed?(notes: readonly string[]): void;
}

/** Runs a pipeline with its checkpoints on disk, as the command line does. Everything has to be accounted for at the end. */
export async function durableRun({
  io,
  text = durablePipeline(),
  dataDir = '/d',
  registry = builtins,
  restored,
  acceptChanges = false,
  changed,
  ...options
}: DurableRun): Promise<RunReport> {
  const pipeline = loadPipeline('p.yaml', text, { registry, variables: { env: {}, config: () => undefined } });
  const checkpoints = new Checkpointing(pipeline, {
    io,
    dataDir,
    acceptChanges,
    ...(changed && { changed }),
    restored: (file, bad) => restored?.(file.number, bad.length),
  });
  const report = await new Run(pipeline, { dataDir, ...options, io, checkpoints }).execute();
  expect(imbalances(report), 'the accounting holds').to.deep.equal([]);
  return report;
}

/** The texts of what a run has to show: its outputs, not its state. */
export const outputsOf = (texts: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).filter(([path]) => !path.startsWith('/d/state/') && !path.endsWith('.tmp')));

/** Where two sets of texts first differ, in words; null when they are the same. */
export function difference(actual: Record<string, string>, expected: Record<string, string>): string | null {
  for (const path of new Set([...Object.keys(actual), ...Object.keys(expected)].toSorted())) {
    const [a, b] = [actual[path], expected[path]];
    if (a === b) continue;
    if (a === undefined || b === undefined) return `${path} is ${a === undefined ? 'missing' : 'too many'}`;
    const [left, right] = [a.split('\n'), b.split('\n')];
    const line = left.findIndex((text, i) => text !== right[i]);
    return `${path}: ${left.length - 1} lines for ${right.length - 1}; line ${line + 1} is\n${left[line]?.slice(0, 300)}\nfor\n${right[line]?.slice(0, 300)}`;
  }
  return null;
}
