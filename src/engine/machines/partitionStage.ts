import { MachineFailure } from '../../kernel/defineOperator.ts';
import type { OperatorNode } from '../../pipeline/definition.ts';
import type { Failed } from '../../run/partition/partition.ts';
import { PartitionHost } from '../../run/partition/partitionHost.ts';
import type { PartitionMachine } from '../roles/partition.ts';
import { SetBack } from '../roles/setBack.ts';
import { decodeWork, encodeMade } from './messages.ts';
import { encodePiece, joinPieces, type SavedPartition } from './savedPartition.ts';
import { Suspects } from './suspects.ts';

/** Some of the keys of an operator of a pipeline. */
export class PartitionStage implements PartitionMachine {
  readonly #node: OperatorNode;
  #host!: PartitionHost;
  #now = Number.NEGATIVE_INFINITY;
  /** The message that was worked on last. */
  #n = 0;
  readonly #suspects = new Suspects<Failed>();

  constructor(node: OperatorNode) {
    this.#node = node;
  }

  load(state: readonly Uint8Array[] | null): void {
    this.take(state && joinPieces(state));
  }

  /** The same, from what is known already. */
  take(saved: SavedPartition | null): void {
    this.#n = 0;
    const { operator, options } = this.#node;
    this.#host = new PartitionHost(operator.spec, options);
    this.#now = saved?.now ?? Number.NEGATIVE_INFINITY;
    if (saved === null) return;
    this.#host.load(saved.instance, this.#now);
    // From here on it is known which keys change.
    this.#host.instance.beginCopy(false);
  }

  /** Throws the MachineFailure of the operator where it fails at no record: then what it failed at has not been worked on. */
  step(content: Uint8Array, n: number): Uint8Array {
    const batch = decodeWork(content);
    const output = this.#host.work(batch, this.#suspects.of(n));
    const { failed } = this.#host;
    if (failed) {
      const { message, stack } = failed.failed;
      const failure = new MachineFailure(this.#node.id, null, Object.assign(new Error(message), { stack }));
      if (failed.place === null) throw failure;
      // Where it is found in the program is not the same everywhere.
      this.#suspects.add(n, failed.place, { message, stack: undefined });
      throw new SetBack(failure.message);
    }
    this.#now = Math.max(this.#now, batch.behind);
    this.#n = n;
    return encodeMade(output);
  }

  suspects(n: number): boolean {
    return this.#suspects.has(n);
  }

  save(all: boolean): Uint8Array {
    this.#suspects.forget(this.#n);
    const { instance } = this.#host;
    const folding = instance.beginCopy(all);
    const now = Number.isFinite(this.#now) ? this.#now : null;
    return encodePiece({ now, folding }, instance.nextCopied(Number.POSITIVE_INFINITY));
  }
}
