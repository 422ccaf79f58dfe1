import { join } from 'node:path';
import type { Guesser } from '../guesses/guesser.ts';
import { thisProcess, type Io } from '../io.ts';
import { noCounts, type MemoryCounts } from '../memory/memoryCounts.ts';
import type { Pipeline } from '../pipeline/definition.ts';
import type { Board } from '../board/board.ts';
import type { SignalObserver } from '../pipeline/wire.ts';
import type { CheckpointFile } from '../store/checkpoint/checkpointFile.ts';
import type { Known } from '../store/recall.ts';
import { lock, type Lock, type LockSelf } from '../store/lock.ts';
import type { Checkpoints } from './checkpoint/checkpointer.ts';
import { Checkpointing, clearState, stateFolder } from './checkpoint/checkpointing.ts';
import { dryCheckpoints, dryPipeline } from './modes/dryPipeline.ts';
import { goingOnFrom } from './checkpoint/goingOnFrom.ts';
import { DecisionLog } from './decisions/decisionLog.ts';
import { RunGuesses } from './guesses/runGuesses.ts';
import type { Workers } from './partition/openPartitions.ts';
import { openThreads } from './partition/openThreads.ts';
import { RecallWriter } from './recall/recallWriter.ts';
import type { Recorder } from './replay/recording.ts';
import { replayPipeline } from './replay/replayPipeline.ts';
import type { RunFigures, RunReport } from './report.ts';
import { retryCheckpoints, retryPipeline } from './modes/retry.ts';
import { Run } from './run.ts';
import type { RunMode, RunObserver } from './runMode.ts';
import type { RunOptions } from './runOptions.ts';
import { openTeaching } from './modes/teaching.ts';
import { withWatch } from './modes/withWatch.ts';
import { withMarks } from './modes/withMarks.ts';
import { withRejectedLog } from './modes/withRejectedLog.ts';

export type OpenRunOptions = RunMode &
  RunObserver & {
    io: Io;
    /** Where state, marks, rejected records and what sinks write lie. Without one (`once` only) no marks are read and nothing is kept. */
    dataDir?: string;
    /** The pipeline may have changed in what its states are kept by: what does not fit any more starts anew. */
    acceptChanges?: boolean;
    /** Aborted to end the run early: nothing more is pulled, everything pulled is delivered. */
    stop?: AbortSignal;
    /** How long that may take, milliseconds; as long as it takes when left out. */
    drainTimeout?: number;
    /** Makes the recording of everything that comes, once the state is locked. */
    record?(): Promise<Recorder>;
    /** Threads that parse, and share out the keyed part of the operators; none when left out. What comes out is the same. */
    workers?: Workers | undefined;
    /** Asks a model about what is found (durable only): beside the run, which waits for it at the end of its input alone. */
    guesser?: Guesser | null | undefined;
    /** The process that holds the lock. */
    self?: LockSelf;
  };

/** A run that holds what it needs. `close` gives it up again; what has to happen under the lock happens before. */
export interface OpenRun {
  /** As it is run: with marks, answers and the log of rejected records. */
  readonly pipeline: Pipeline;
  /** Ids of sinks that a dry run or a replay leaves out. */
  readonly leftOut: readonly string[];
  /** The checkpoint written or restored last; null without one. */
  readonly checkpoint: CheckpointFile | null;
  /** Lines and patterns that its memories do not hold. */
  readonly counts: MemoryCounts;
  /** What a person would have in front of them, and what it knows, as of now; null where it has no operators to know anything. */
  readonly board: Board | null;
  known(): Known | null;
  /** Why what it knows could not be kept for `explain`; null where it could. */
  readonly unrecalled: unknown;
  /** Why the model had no answer, the last time it was asked; null where it had, or none is. */
  readonly unguessed: string | null;
  /** Runs to the end of the input, or until it is stopped. Throws as `Run.execute`. */
  execute(): Promise<RunReport>;
  /** How it stands, at any moment; null before its sources are open. */
  figures(): RunFigures | null;
  /** Lets somebody see what leaves these operators or sources (the ends of the chain for null), until what it returns is called. */
  watch(from: readonly string[] | null, watcher: SignalObserver): () => void;
  close(): Promise<void>;
}

/** What each mode takes part in. */
const keptBy = {
  durable: { locks: true, recalls: true, logsRejected: true },
  once: { locks: false, recalls: false, logsRejected: false },
  dry: { locks: true, recalls: false, logsRejected: false },
  replay: { locks: false, recalls: false, logsRejected: false },
  teach: { locks: true, recalls: true, logsRejected: false },
} as const satisfies Record<RunMode['mode'], object>;

/**
 * Opens a run of a pipeline. Everything that runs one comes through here, so that what one keeps, all keep, in this order:
 *
 * 1. the lock of the pipeline's state; what follows happens under it;
 * 2. `fresh` forgets what is there;
 * 3. marks: what people answered goes in beside the sources; answers: findings that no `rules` would meet meet it too;
 *    what is expected of sources: their silence is a finding, from a source beside them;
 * 4. the mode's own pipeline: a dry run commits nothing, a replay writes inside its folder, a retry reads rejected records;
 * 5. the log of rejected records becomes one of the sinks;
 * 6. checkpoints are opened (the newest good one is restored when the run starts);
 * 7. recall, what `explain` and `context` read, looks at the memories; what is decided is kept for `why-not`.
 *
 * At the end: the last checkpoint, then recall, then (`close`) the lock. Throws CAD041 when another process holds the lock.
 */
export async function openRun(given: Pipeline, options: OpenRunOptions): Promise<OpenRun> {
  const { io, dataDir } = options;
  const state = stateFolder(dataDir ?? '', given.name);
  const waiting = (text: string) => void io.stderr.write(`${text}\n`);
  const held = keptBy[options.mode].locks
    ? await lock(io, join(state, 'lock'), options.self ?? thisProcess, { waiting, ...(options.stop && { signal: options.stop }) })
    : null;
  const release = async () => held?.release();
  try {
    if (isFresh(options)) await clearState(io.files, state);
    const watch = withWatch(given, io);
    const withSources = dataDir === undefined ? watch.pipeline : withMarks(watch.pipeline, dataDir);
    const seen = watch.seenBy(held ? underLock(held, options) : options);
    return await openLocked(withSources, await alterFor(withSources, options), seen, release);
  } catch (error) {
    await release();
    throw error;
  }
}

/** A run that has lost its lock writes nothing more, and ends. */
const underLock = ({ lost, confirm }: Lock, options: OpenRunOptions): OpenRunOptions & Pick<RunOptions, 'confirm'> => ({
  ...options,
  confirm,
  stop: options.stop ? AbortSignal.any([options.stop, lost]) : lost,
});

/** Opens a run, runs it to its end and closes it. */
export async function runToEnd(pipeline: Pipeline, options: OpenRunOptions): Promise<RunReport> {
  const run = await openRun(pipeline, options);
  try {
    return await run.execute();
  } finally {
    await run.close();
  }
}

const isFresh = (options: OpenRunOptions): boolean => 'fresh' in options && options.fresh === true;

/** A pipeline as its mode runs it, and the ids of the sinks that it leaves out. */
interface Altered {
  pipeline: Pipeline;
  leftOut: string[];
}

async function alterFor(pipeline: Pipeline, options: OpenRunOptions): Promise<Altered> {
  if (options.mode === 'dry') return dryPipeline(pipeline);
  if (options.mode === 'durable' && options.retry)
    return { pipeline: retryPipeline(pipeline, await options.retry.records(), options.retry.done), leftOut: [] };
  if (options.mode !== 'replay') return { pipeline, leftOut: [] };
  return options.silent === true ? { pipeline: { ...pipeline, sinks: [] }, leftOut: [] } : replayPipeline(pipeline, options.dataDir ?? '');
}

async function openLocked(
  withSources: Pipeline,
  { pipeline: altered, leftOut }: Altered,
  options: OpenRunOptions & Pick<RunOptions, 'confirm'>,
  close: () => Promise<void>,
): Promise<OpenRun> {
  const { dataDir = '', mode, observe } = options;
  const logged = keptBy[mode].logsRejected ? withRejectedLog(altered) : altered;
  // What a state has to fit is the pipeline of a durable run, whatever reads it.
  const store = keepsCheckpoints(withSources, options) ? new Checkpointing(withSources, { ...options, dataDir }) : null;
  const teaching = options.mode === 'teach' ? await openTeaching(logged, options.sources, store!) : null;
  const recall = openRecall(logged, options, teaching?.fresh);
  const pipeline = recall ? recall.watch(teaching?.pipeline ?? logged) : (teaching?.pipeline ?? logged);
  const checkpoints = teaching?.checkpoints ?? (await openCheckpoints(store, options));
  const log = logsDecisions(options) ? new DecisionLog(options.io.files, dataDir, pipeline) : null;
  const guesses = options.guesser && logsDecisions(options) ? new RunGuesses(options.guesser, { io: options.io, dataDir }) : null;
  const threads =
    options.workers && mode !== 'teach'
      ? await openThreads(pipeline, options.workers, { io: options.io, isLookedAt: recall !== null, reads: mode !== 'replay' })
      : {};
  const run = new Run(pipeline, {
    ...options,
    dataDir,
    ...(checkpoints && { checkpoints }),
    ...(options.mode === 'replay' && options.vectors !== undefined && { replayVectors: options.vectors }),
    ...threads,
    record: await options.record?.(),
    observe: (signal) => {
      recall?.see(signal);
      log?.see(signal);
      guesses?.see(signal);
      observe?.(signal);
    },
    decided: log?.decided,
  });
  const execute = async () => {
    const report = await run.execute().finally(() => Promise.all([log?.close(), guesses?.close(options.stop)]));
    if (teaching && report.reason === 'stopped') return report;
    await teaching?.keep(report.last);
    if (mode !== 'once' || recall?.isEmpty === false) recall?.write();
    return report;
  };
  return {
    pipeline,
    leftOut,
    get checkpoint() {
      return store?.last ?? null;
    },
    get counts() {
      return recall?.counts ?? noCounts;
    },
    get unrecalled() {
      return recall?.failure ?? log?.failure ?? null;
    },
    get unguessed() {
      return guesses?.failure ?? null;
    },
    board: recall?.board ?? null,
    known: () => recall?.known() ?? null,
    execute,
    figures: () => run.figures(),
    watch: (from, watcher) => run.watch(from, watcher),
    close,
  };
}

/** A run over rejected records is not the run of the pipeline. */
const logsDecisions = (options: OpenRunOptions): boolean => options.mode === 'durable' && !options.retry;

/** Where a source cannot be read again and no journal is kept, a checkpoint would promise too much. */
function keepsCheckpoints({ sources, checkpoint }: Pipeline, { mode, unkept }: OpenRunOptions): boolean {
  if (mode === 'dry' || mode === 'teach') return true;
  if (mode !== 'durable') return false;
  const lost = checkpoint.journal ? [] : sources.filter(({ source, options }) => !source.spec.replayable(options));
  if (lost.length > 0) unkept?.(lost.map(({ id }) => id));
  return lost.length === 0;
}

async function openCheckpoints(store: Checkpointing | null, options: OpenRunOptions): Promise<Checkpoints | null> {
  if (options.mode === 'dry') return dryCheckpoints(store!);
  if (options.mode === 'durable' && options.retry) return retryCheckpoints(store!);
  if (options.mode !== 'once' || !options.taught) return store;
  const { io, dataDir = '' } = options;
  return goingOnFrom(await new Checkpointing(withMarks(options.taught, dataDir), { io, dataDir }).restore());
}

/** A pipeline without operators knows nothing to be recalled. */
function openRecall({ name, operators }: Pipeline, options: OpenRunOptions, taughtFresh = false): RecallWriter | null {
  const { io, dataDir, mode } = options;
  if (dataDir === undefined || operators.length === 0) return null;
  if (options.mode === 'once') return options.recall ? new RecallWriter({ io, dataDir, fresh: true, ...options.recall }) : null;
  if (options.mode === 'replay' && options.knows === true) return new RecallWriter({ io, dataDir, name, fresh: true, silent: true });
  const fresh = taughtFresh || isFresh(options);
  const retries = options.mode === 'durable' && options.retry !== undefined;
  return keptBy[mode].recalls && !retries ? new RecallWriter({ io, dataDir, name, fresh }) : null;
}
