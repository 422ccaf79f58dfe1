import { z } from 'zod';
import { duration } from '../../config/scalars.ts';
import { catalogEntry } from '../findings/owners/catalogEntry.ts';
import { linkTemplates } from '../findings/owners/links.ts';
import type { OperatorEntry } from '../kernel/defineOperator.ts';
import type { EmbedderFactory } from '../embedders/embedder.ts';
import type { SinkEntry } from '../sinks/sink.ts';
import type { SourceEntry } from '../sources/source.ts';
import type { Expected } from './expected.ts';
import { testCase } from './tests/testCase.ts';

/** Names that may stand in a file path, a metric label and a graph. */
export const idPattern = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;
const id = z.string().regex(idPattern, 'expected letters, digits, "-" and "_", beginning with a letter');
const step = z.record(z.string(), z.unknown());
/** One id or several. */
export const fromOption = z.union([z.string(), z.array(z.string()).min(1)]);

/** The frame of a pipeline file. What stands under a verb is checked against that verb's own options. */
export const frame = z.strictObject({
  name: id.describe('Name of the pipeline; its state is kept under it.'),
  description: z.string().optional().describe('What it watches and why.'),
  redact: z
    .array(z.enum(['secrets', 'emails', 'ips']))
    .default(['secrets'])
    .describe('What is masked on arrival, before anything is written.'),
  checkpoint: z
    .strictObject({
      events: z.int().min(1).default(100_000).describe('Events after which a checkpoint is taken.'),
      every: duration.prefault('30s').describe('Time after which a checkpoint is taken.'),
      fsync: z.boolean().default(true).describe('Force each checkpoint to the disk before going on.'),
      journal: z
        .boolean()
        .default(true)
        .describe(
          'Write what live sources give to a journal before it is worked on, until checkpoints cover it: a restart after a crash then repeats the same run. Without it, a source that cannot be read again (stdin) leaves the run without checkpoints.',
        ),
    })
    .prefault({})
    .describe('How often the run makes itself safe.'),
  engine: z
    .strictObject({
      partitions: z.int().min(1).max(64).default(16).describe('Parts that the groups are shared out in: as many processes can take some.'),
      lease: duration
        .prefault('15s')
        .refine((ms) => ms >= 3000, 'expected at least 3s: a process that is merely busy would be thought dead')
        .describe('After how long the work of a process that is not heard of goes to others.'),
      replicas: z.int().min(1).max(5).default(1).describe('Servers of the engine that keep each message.'),
    })
    .prefault({})
    .describe('How it is run on several machines, with run --engine.'),
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Where people reach the page of this radar: messages link to it.'),
  links: linkTemplates
    .default({})
    .describe(
      'Addresses to go to, by name (runbook, logs, dashboard, trace ...), with {group}, {pattern}, {from}, {to}, {from_ms}, {to_ms}, {labels.NAME} ... in them.',
    ),
  catalog: z
    .union([z.string().min(1), z.array(z.union([z.string().min(1), catalogEntry]))])
    .default([])
    .describe('Who has which group: entries, and files of them, of Backstage (catalog-info.yaml) or of Kubernetes (kubectl get -o yaml).'),
  maxRejected: z
    .number()
    .min(0)
    .optional()
    .describe('More rejected records than this end the run with exit code 65; below 1 it is a share.'),
  sources: z.record(id, step).describe('Where records come from, by id.'),
  operators: z.array(step).default([]).describe('What happens to them, in order.'),
  sinks: z.record(id, step).default({}).describe('Where results go, by id.'),
  tests: z.array(testCase).default([]).describe('Tests of this pipeline: caducus test runs them.'),
});

export type Frame = z.output<typeof frame>;

export interface SourceNode {
  id: string;
  /** What its events call their source when they do not say; the id when left out. */
  name?: string;
  source: SourceEntry;
  options: unknown;
  /** What should come of it now and then. */
  expected?: Expected;
}

/** The embedder an operator of a pipeline asks for its vectors, its options checked. */
export interface EmbedderNode {
  factory: EmbedderFactory;
  options: unknown;
}

export interface OperatorNode {
  id: string;
  operator: OperatorEntry;
  options: unknown;
  /** What the run asks for the vectors it lacks. */
  embedder?: EmbedderNode;
  /** Ids (or `id.port`) whose output it takes; empty means the sources. */
  from: string[];
}

export interface SinkNode {
  id: string;
  sink: SinkEntry;
  options: unknown;
  from: string[];
}

/** A pipeline that has been checked: nothing in it can still be misspelt. */
export interface Pipeline extends Omit<Frame, 'sources' | 'operators' | 'sinks'> {
  file: string;
  sources: SourceNode[];
  operators: OperatorNode[];
  sinks: SinkNode[];
}
