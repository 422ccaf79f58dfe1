import { recordLine } from '../../base/recordText.ts';
import { join } from 'node:path';
import { toIso } from '../../event.ts';
import { replaceFile, type Files } from '../../io.ts';
import { stateFolder } from '../../run/checkpoint/checkpointing.ts';
import type { RunFigures } from '../../run/report.ts';
import type { ProcessFigures } from './figures.ts';
import type { Warning } from './warnings.ts';

/** How often a run reports how it is, milliseconds. */
export const statusEvery = 2_000;

/** How a run is, as it last reported. Times ISO 8601 UTC, rates a second. */
export interface RunStatus {
  pipeline: string;
  pid: number;
  state: 'running' | 'stopped';
  started: string;
  updated: string;
  problem: string | null;
  received: number;
  accepted: number;
  rejected: number;
  duplicate: number;
  late: number;
  events_per_second: number;
  newest: string | null;
  watermark: string | null;
  /** `trouble`: it delivers nothing, since when and why. */
  /** The own sources of the pipeline: `trouble`: it gives nothing, since when and why; `canary`: the last that came through. */
  sources?: { id: string; received: number; trouble?: { since: string; why: string }; canary?: { at: string; took_ms: number } }[];
  sinks: { id: string; written: number; failed: number; held: number; trouble?: { since: string; why: string } }[];
  patterns: Readonly<Record<string, number>>;
  findings: number;
  checkpoints: { count: number; failures: number; bytes: number };
  /** What went wrong so far, the latest first. */
  warnings?: readonly Warning[];
}

export const statusPath = (dataDir: string, pipeline: string): string => join(stateFolder(dataDir, pipeline), 'status.json');

const time = (ms: number | null) => (ms === null ? null : toIso(ms));

export interface StatusContext {
  pid: number;
  state: RunStatus['state'];
  /** Milliseconds since 1970. */
  started: number;
  now: number;
  problem: string | null;
  rate: number;
}

/** A run's figures as they are written. */
export function buildStatus(
  { report, newest, watermark }: RunFigures,
  { checkpoints, patterns, warnings }: ProcessFigures,
  context: StatusContext,
): RunStatus {
  const sum = (pick: (source: (typeof report.sources)[number]) => number) =>
    report.sources.reduce((total, source) => total + pick(source), 0);
  return {
    pipeline: report.pipeline,
    pid: context.pid,
    state: context.state,
    started: toIso(context.started),
    updated: toIso(context.now),
    problem: context.problem,
    received: sum((s) => s.read),
    accepted: sum((s) => s.accepted),
    rejected: report.rejected.reduce((total, { count }) => total + count, 0),
    duplicate: sum((s) => s.duplicate),
    late: report.late,
    events_per_second: Math.round(context.rate),
    newest: time(newest),
    watermark: time(watermark),
    sources: report.sources.map(({ id, read, trouble, canary }) => ({
      id,
      received: read,
      ...(trouble && { trouble: { since: toIso(trouble.since), why: trouble.why } }),
      ...(canary && { canary: { at: toIso(canary.at), took_ms: canary.took } }),
    })),
    sinks: report.sinks.map(({ id, written, failed, held, trouble }) => ({
      id,
      written,
      failed,
      held,
      ...(trouble && { trouble: { since: toIso(trouble.since), why: trouble.why } }),
    })),
    patterns,
    findings: report.findings,
    checkpoints,
    warnings,
  };
}

/** Replaces the file as a whole; a reader sees the old one or the new one. */
export const writeStatus = (files: Files, dataDir: string, status: RunStatus): Promise<void> =>
  replaceFile(files, statusPath(dataDir, status.pipeline), Buffer.from(recordLine(status)), { fsync: false });

/** null when there is none, or it cannot be read as one. */
export async function readStatus(files: Files, path: string): Promise<RunStatus | null> {
  if (!(await files.lstat(path))?.isFile()) return null;
  try {
    const status = JSON.parse(await files.readText(path)) as Partial<RunStatus> | null;
    return typeof status?.pipeline === 'string' && typeof status.updated === 'string' && Array.isArray(status.sinks)
      ? (status as RunStatus)
      : null;
  } catch {
    return null;
  }
}
