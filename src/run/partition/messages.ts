import type { SavedInstance } from '../../kernel/defineOperator.ts';
import type { SavedFolding } from '../../kernel/folding.ts';
import type { EncodedBatch } from './encodeBatch.ts';
import type { PartitionOutput } from './partition.ts';

/** What a partition's thread is started with. */
export interface PartitionStart {
  /** Name of the operator, one of the program's own. */
  operator: string;
  options: unknown;
}

/** What a thread is asked; each is answered, in order, by a `PartitionAnswer` with what stands in the comment. */
export type PartitionRequest =
  /** Nothing. */
  | { ask: 'load'; saved: SavedInstance; now: number }
  /** PartitionOutput. */
  | { ask: 'work'; batch: EncodedBatch }
  /** SavedInstance. */
  | { ask: 'save' }
  /** SavedFolding, or null. */
  | { ask: 'folding' }
  /** Nothing. */
  | { ask: 'beginCopy'; all: boolean }
  /** Texts. */
  | { ask: 'nextCopied'; characters: number };

export interface PartitionAnswer {
  answer: PartitionOutput | SavedInstance | SavedFolding | readonly string[] | null;
}
