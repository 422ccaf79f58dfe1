import { toSaved } from '../../base/saved.ts';
import type { SavedInstance } from '../../kernel/defineOperator.ts';
import { Instance } from '../../kernel/instance.ts';
import type { OperatorNode } from '../../pipeline/definition.ts';
import { CheckpointLog, headSubject, readHead, type Maker } from '../checkpointLog.ts';
import { isMemory, type SavedMemories } from '../machines/deskStage.ts';
import { decodeState } from '../machines/messages.ts';
import { joinPieces } from '../machines/savedPartition.ts';
import { memoriesName, partitionName } from '../roles/role.ts';
import type { Transport } from '../transport.ts';

export interface MemoryReaderOptions {
  transport: Transport;
  maker: Maker;
  /** All of the pipeline, its memories in sight of whoever looks into them. */
  operators: readonly OperatorNode[];
  /** The operator that is shared out, null where none is, and in how many parts. */
  shared: string | null;
  partitions: number;
}

/**
 * Makes the memories of a pipeline from what their owners, in whichever process, have saved of them. Nothing is asked of the
 * owners, and nothing is taken from them.
 */
export class MemoryReader {
  readonly #options: MemoryReaderOptions;
  readonly #nodes: readonly OperatorNode[];
  /** Numbers of the heads that were read last, by name. */
  readonly #known = new Map<string, number>();

  constructor(options: MemoryReaderOptions) {
    this.#options = options;
    this.#nodes = options.operators.filter(isMemory);
  }

  /** Those of which more was saved since they were made last. Resolves to whether there are any. Throws CAD042 where that cannot be read. */
  async load(): Promise<boolean> {
    if (this.#nodes.length === 0) return false;
    const { shared, partitions } = this.#options;
    const node = this.#nodes.find(({ id }) => id === shared);
    let isAny = await this.#read('desk', ([whole]) => this.#makeAll(decodeState<SavedMemories>(whole!)));
    for (let p = 0; node && p < partitions; p += 1) {
      const isMade = await this.#read(partitionName(p), (pieces) => void makeMemories(node, joinPieces(pieces).instance));
      isAny ||= isMade;
    }
    return isAny;
  }

  /** All of them at that end of the input, and closes them as their owner does. False, and nothing, where another end was given since. */
  async close(n: number): Promise<boolean> {
    let isFound = this.#nodes.length === 0;
    await this.#read(memoriesName, ([whole], head) => {
      isFound = head === n;
      if (isFound) for (const instance of this.#makeAll(decodeState<SavedMemories>(whole!))) instance.end();
    });
    return isFound;
  }

  #makeAll({ operators }: SavedMemories): Instance[] {
    return this.#nodes.flatMap((node) => {
      const saved = operators.find(({ id }) => id === node.id);
      return saved ? [makeMemories(node, saved.state as unknown as SavedInstance)] : [];
    });
  }

  async #read(name: string, take: (pieces: readonly Uint8Array[], n: number) => void): Promise<boolean> {
    const { transport, maker } = this.#options;
    const newest = await transport.last(headSubject(name));
    // Of another release or another file, whose owners say so.
    if (newest === null || newest.seq === this.#known.get(name) || readHead(newest).made !== maker.made) return false;
    const found = await new CheckpointLog(transport, name, maker).load();
    if (!found) return false;
    take(found.state, found.n);
    this.#known.set(name, newest.seq);
    return true;
  }
}

/** The memories of an operator, as they are when it takes up that state. */
function makeMemories({ operator: { spec }, options }: OperatorNode, saved: SavedInstance): Instance {
  const instance = new Instance(spec, spec.options.parse(options ?? {}), () => undefined);
  instance.load(toSaved(saved));
  return instance;
}
