import { CaducusError } from '../errors.ts';
import type { Json, JsonObject } from '../event.ts';
import type { Io } from '../io.ts';
import type { GroupMemory } from '../memory/groupMemory.ts';
import { Checkpointing } from './checkpointing.ts';
import type { OperatorNode, Pipeline, SourceNode } from '../pipeline/definition.ts';
import { goingOnFrom } from './goingOnFrom.ts';
import { Recalling } from './recalling.ts';
import type { RunReport } from './report.ts';
import { Run } from './run.ts';
import type { RunProgress } from './runOptions.ts';
import { keyLine, operatorHash, type SnapshotHead } from './snapshot.ts';
import { watchMemory } from './watchMemory.ts';

export interface LearnOptions {
  io: Io;
  dataDir: string;
  stop: AbortSignal;
  progress?(state: RunProgress): void;
}

/** What a memory looks like in a checkpoint: the operator it is of, and its key as JSON text. */
interface LearnedKey {
  operator: string;
  text: string;
}

/**
 * Teaches the memories of a pipeline what is in other sources, before it runs for the first time: the windows of what was
 * learned are closed, nothing is told of them, and nothing behind the memories has seen it. A pipeline that was only
 * taught can be taught more. Throws CAD002 when the pipeline has run, or has no memory.
 */
export async function learn(pipeline: Pipeline, sources: readonly SourceNode[], options: LearnOptions): Promise<RunReport> {
  const { io, dataDir, stop, progress } = options;
  const last = pipeline.operators.findLastIndex(({ operator }) => operator.spec.name === 'memory');
  if (last < 0) throw new CaducusError('CAD002', {}, `${pipeline.name} has no memory to teach`);
  const store = new Checkpointing(pipeline, { io, dataDir });
  const before = await store.restore();
  if (before && before.sources.length > 0) {
    throw new CaducusError('CAD002', {}, `${pipeline.name} has run already: it goes on from its own state`, {
      hint: 'Teach a pipeline before its first run, or start it anew with caducus run --fresh.',
    });
  }
  const keys: LearnedKey[] = [];
  const recalling = new Recalling({ io, dataDir, name: pipeline.name, fresh: before === null });
  const teaching = recalling.watch({
    ...pipeline,
    sources: [...sources],
    operators: readFrom(pipeline, sources)
      .slice(0, last + 1)
      .map(thawed),
    sinks: [],
  });
  const operators = watchMemory(teaching.operators, {
    ended: (memory, operator) =>
      void keys.push({ operator, text: JSON.stringify({ key: memory.group, touched: keys.length + 1, ...stateOf(memory) }) }),
  });
  const run = new Run(
    { ...teaching, operators },
    { io, dataDir, stop, checkpoints: goingOnFrom(before), observe: (signal) => recalling.see(signal), ...(progress && { progress }) },
  );
  const report = await run.execute();
  if (report.reason === 'stopped') return report;
  store.begin(true);
  await store.write(keys.map(({ operator, text }) => keyLine(operator, text)));
  await store.finish(headOf(pipeline, report.last));
  recalling.write();
  return report;
}

/**
 * A memory as a pipeline takes it up, and its newest event. Its last window was closed where the files ended, not where it
 * ends: what comes later in it must not be late.
 */
function stateOf(memory: GroupMemory): { seen: number | null; state: Json } {
  const state = memory.save() as JsonObject;
  const closed = typeof state['closed'] === 'number' ? state['closed'] - 1 : null;
  const last = Array.from(memory.known.topics.all(), (topic) => topic.last);
  return { seen: last.length > 0 ? Math.max(...last) : null, state: { ...state, closed } };
}

/** A memory that is to learn no more learns what it is taught. */
function thawed(node: OperatorNode): OperatorNode {
  return node.operator.spec.name === 'memory' ? { ...node, options: { ...(node.options as object), freeze: false } } : node;
}

/** The operators, those that read from the pipeline's own sources reading from these. */
function readFrom({ sources, operators }: Pipeline, others: readonly SourceNode[]): Pipeline['operators'] {
  const own = new Set(sources.map(({ id }) => id));
  return operators.map((node) => {
    const from = node.from.filter((name) => !own.has(name.split('.')[0]!));
    return from.length === node.from.length ? node : { ...node, from: [...others.map(({ id }) => id), ...from] };
  });
}

/** The head of a checkpoint of a pipeline that has read nothing yet. */
function headOf({ name, operators }: Pipeline, newest: number | null): SnapshotHead {
  return {
    version: 2,
    pipeline: name,
    newest,
    watermark: null,
    progress: [],
    clock: 0,
    sources: [],
    operators: operators.map((node) => ({
      id: node.id,
      hash: operatorHash(node),
      stateVersion: node.operator.spec.stateVersion,
      swept: null,
    })),
    sinks: [],
    journal: null as Json,
  };
}
