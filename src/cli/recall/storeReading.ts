import { fromSaved, toSaved } from '../../base/saved.ts';
import type { JsonObject } from '../../event.ts';
import type { Io } from '../../io.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import { configHash } from '../../run/checkpoint/configHash.ts';
import type { RunReport } from '../../run/report.ts';
import type { Signal } from '../../signal.ts';
import { keepReading, readKept, signalLine, type Reading } from '../../store/keptReading.ts';
import { ofStore, touchRecall } from '../../store/recall.ts';
import { stampStore } from '../../store/stampStore.ts';
import { orUnkept } from './orUnkept.ts';
import type { RadarOptions } from '../shared/pipelineNodes.ts';
import type { CliContext } from '../shared/context.ts';

/** Characters of what came of a reading that are kept at most. */
const most = 1 << 26;

/** How the store is read; in windows that fit where none is given. */
export type StoreQuestion = Omit<RadarOptions, 'window'> & { window?: number | undefined; group?: string | undefined };

/** A reading of the whole store, which need not be done again while nothing has changed. */
export interface StoreReading {
  /** What came of it the last time; null where it has to be read. */
  kept: Reading | null;
  /** Takes what leaves the operators while it is read. */
  see(signal: Signal): void;
  /** Keeps what came of it, once what is known of it is kept. */
  keep(report: RunReport, window: number): void;
}

/** Opens a reading of the store that asks this. What was kept becomes what was looked at last, as what is read does. */
export async function openReading(asked: StoreQuestion, { io, dataDir, program }: CliContext): Promise<StoreReading> {
  if (program === null) return { kept: null, see: () => {}, keep: () => {} };
  const question = configHash('reading', { ...asked, program, stamp: await stampStore(io.files, dataDir) });
  let lines: string[] = [];
  let length = 0;
  const kept = readKept(io.files, dataDir, question);
  if (kept) orUnkept(() => touchRecall(io.files, dataDir, ofStore));
  return {
    kept,
    see(signal) {
      if (signal.kind === 'event' || length > most) return;
      const line = signalLine(signal);
      length += line.length;
      if (length > most) lines = [];
      else lines.push(line);
    },
    keep(report, window) {
      if (report.reason !== 'input ended' || length > most) return;
      orUnkept(() => keepReading(io.files, dataDir, question, { window, report: toSaved(report) as JsonObject, lines }));
    },
  };
}

/** Gives what was kept to who looks on and to the sinks, as the run did. */
export async function showKept(
  { signals, report }: Reading,
  { sinks, name }: Pipeline,
  { io, dataDir, observe }: { io: Io; dataDir: string; observe(signal: Signal): void },
): Promise<RunReport> {
  for (const signal of signals) observe(signal);
  for (const { id, sink, options } of sinks) {
    const open = await sink.spec.open(options, { io, id, dataDir, from: null, pipeline: name });
    await open.write(signals);
    await open.flush();
    await open.close();
  }
  return fromSaved<RunReport>(report);
}
