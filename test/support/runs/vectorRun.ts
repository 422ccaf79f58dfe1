import { foldRows } from '../../../src/memory/ranking/foldRows.ts';
import { expect } from 'chai';
import { memory } from '../../../operators/memory.ts';
import type { Io } from '../../../src/io.ts';
import { loadPipeline } from '../../../src/pipeline/load.ts';
import { extend } from '../../../src/pipeline/registry.ts';
import { imbalances } from '../../../src/run/report.ts';
import { Run, type RunOptions } from '../../../src/run/run.ts';
import type { Pipeline } from '../../../src/pipeline/definition.ts';
import type { Blip, Signal } from '../../../src/signal.ts';
import { eventAt, fakeRegistry } from '../fakes.ts';
import { capturedScreen, type CapturedScreen } from '../testIo.ts';
import { quietIo, type QuietIo } from '../../embedders/support/quietIo.ts';

export interface VectorIo extends QuietIo {
  stderr: CapturedScreen;
}

/** No real waiting, a cache folder of its own, warnings that are kept. */
export const vectorIo = (cacheDir: string): VectorIo =>
  Object.assign(quietIo({ longest: 2000, env: { CADUCUS_CACHE_DIR: cacheDir } }), { stderr: capturedScreen() });

const minute = 60_000;
export const T0 = Date.UTC(2026, 2, 14);

/** Lines of so many minutes each, in one group or several; some meanings are put in two ways. */
export function minutesOf(texts: readonly (readonly string[])[], groups: readonly string[] = ['g']): Signal[] {
  return texts.flatMap((lines, at) => lines.flatMap((text, n) => groups.map((group) => eventAt(T0 + at * minute + n * 1000, text, group))));
}

export interface VectorRun extends Partial<RunOptions> {
  io: Io;
  embedder: string;
  batches: Signal[][];
  /** Further options of memory. */
  more?: string;
}

/** The pipeline of these tests: a source that plays signals, memory with minutes for windows, a sink that remembers. */
export function vectorPipeline({ embedder, batches, more = '' }: Pick<VectorRun, 'embedder' | 'batches' | 'more'>): {
  pipeline: Pipeline;
  blips(): Blip[];
} {
  const { registry, written } = fakeRegistry({ in: batches });
  const text = `name: p
sources: { in: { fake: {} } }
operators:
  - memory: { window: 1m, embedder: ${embedder} ${more} }
sinks: { out: { keep: { select: [blip] } } }
`;
  const pipeline = loadPipeline('p.yaml', text, {
    registry: extend(registry, { operators: [memory] }),
    variables: { env: {}, config: () => undefined },
  });
  return { pipeline, blips: () => (written['out'] ?? []).flatMap((signal) => (signal.kind === 'blip' ? [signal.blip] : [])) };
}

/** Runs it and gives back the blips and the report, in which everything is accounted for. */
export async function vectorRun({ io, embedder, batches, more = '', ...options }: VectorRun) {
  const { pipeline, blips } = vectorPipeline({ embedder, batches, more });
  const report = await new Run(pipeline, { io, dataDir: '/nowhere', ...options }).execute();
  expect(imbalances(report), 'the accounting holds').to.deep.equal([]);
  return { blips: rowsOf(blips()), report };
}

/** Count and templates of each closed blip, by minute. */
/** Rows, window by window, as radars have them: blips are by template. */
export function rowsOf(blips: readonly Blip[]): Blip[] {
  const windows = new Map<string, Blip[]>();
  for (const blip of blips) {
    const key = `${blip.end} ${blip.open}`;
    windows.set(key, [...(windows.get(key) ?? []), blip]);
  }
  return [...windows.values()].flatMap((window) => foldRows(window));
}

export const shown = (blips: readonly Blip[]): string[] =>
  blips
    .filter(({ open }) => !open)
    .map(({ start, label, count, templates }) => `${start.slice(14, 16)} ${label} x${count} of ${templates}`);
