import { CaducusError } from '../../errors.ts';
import type { Json, JsonObject } from '../../event.ts';
import type { GroupMemory } from '../../memory/groupMemory.ts';
import type { Checkpoints } from '../checkpoint/checkpointer.ts';
import type { Checkpointing } from '../checkpoint/checkpointing.ts';
import type { OperatorNode, Pipeline, SourceNode } from '../../pipeline/definition.ts';
import { goingOnFrom } from '../checkpoint/goingOnFrom.ts';
import { keyLine, operatorHeads, type SnapshotHead } from '../checkpoint/snapshot.ts';
import { watchMemory } from '../recall/watchMemory.ts';

/** A run that only teaches: what it runs, what it goes on from, and what keeps what was learned. */
export interface Teaching {
  pipeline: Pipeline;
  checkpoints: Checkpoints;
  /** Nothing was taught before. */
  fresh: boolean;
  /** Writes what was learned, up to that event time (milliseconds), as the first checkpoint of the pipeline. */
  keep(newest: number | null): Promise<void>;
}

/** What a memory looks like in a checkpoint: the operator it is of, and its key as JSON text. */
interface LearnedKey {
  operator: string;
  text: string;
}

/**
 * Opens the teaching of a pipeline's memories from other sources, before it runs for the first time: the windows of what was
 * learned are closed, nothing is emitted of them, and nothing behind the memories has seen it. A pipeline that was only
 * taught can be taught more. Throws CAD002 when the pipeline has run, or has no memory.
 */
export async function openTeaching(pipeline: Pipeline, sources: readonly SourceNode[], store: Checkpointing): Promise<Teaching> {
  const last = pipeline.operators.findLastIndex(({ operator }) => operator.spec.name === 'memory');
  if (last < 0) throw new CaducusError('CAD002', {}, `${pipeline.name} has no memory to teach`);
  const before = await store.restore();
  if (before && before.sources.length > 0) {
    throw new CaducusError('CAD002', {}, `${pipeline.name} has run already: it goes on from its own state`, {
      hint: 'Teach a pipeline before its first run, or start it anew with caducus run --fresh.',
    });
  }
  const keys: LearnedKey[] = [];
  const taught = readFrom(pipeline, sources)
    .slice(0, last + 1)
    .map(thawed);
  const operators = watchMemory(taught, {
    ended: (memory, operator) =>
      void keys.push({ operator, text: JSON.stringify({ key: memory.group, touched: keys.length + 1, ...readState(memory) }) }),
  });
  return {
    pipeline: { ...pipeline, sources: [...sources], operators, sinks: [] },
    checkpoints: goingOnFrom(before),
    fresh: before === null,
    keep: async (newest) => {
      store.begin(true);
      await store.write(keys.map(({ operator, text }) => keyLine(operator, text)));
      await store.finish(makeHead(pipeline, newest));
    },
  };
}

/**
 * A memory as a pipeline takes it up, and its newest event. Its last window was closed where the files ended, not where it
 * ends: what comes later in it must not be late.
 */
function readState(memory: GroupMemory): { seen: number | null; state: Json } {
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
function makeHead({ name, operators }: Pipeline, newest: number | null): SnapshotHead {
  return {
    version: 2,
    pipeline: name,
    newest,
    watermark: null,
    progress: [],
    clock: 0,
    sources: [],
    operators: operatorHeads(operators).map((head) => ({ ...head, folding: null })),
    sinks: [],
    journal: null as Json,
  };
}
