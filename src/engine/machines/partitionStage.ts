import { MachineFailure } from '../../kernel/defineOperator.ts';
import type { OperatorNode } from '../../pipeline/definition.ts';
import type { Output, PartitionOutput } from '../../run/partition/partition.ts';
import { PartitionHost } from '../../run/partition/partitionHost.ts';
import type { PartitionMachine } from '../roles/partition.ts';
import { decodeWork, encodeMade } from './messages.ts';
import { encodePiece, joinPieces, type SavedPartition } from './savedPartition.ts';

/** Some of the keys of an operator of a pipeline. */
export class PartitionStage implements PartitionMachine {
  readonly #node: OperatorNode;
  #host!: PartitionHost;
  #now = Number.NEGATIVE_INFINITY;

  constructor(node: OperatorNode) {
    this.#node = node;
  }

  load(state: readonly Uint8Array[] | null): void {
    this.take(state && joinPieces(state));
  }

  /** The same, from what is known already. */
  take(saved: SavedPartition | null): void {
    const { operator, options } = this.#node;
    this.#host = new PartitionHost(operator.spec, options);
    this.#now = saved?.now ?? Number.NEGATIVE_INFINITY;
    if (saved === null) return;
    this.#host.load(saved.instance, this.#now);
    // From here on it is known which keys change.
    this.#host.instance.beginCopy(false);
  }

  /** Throws the MachineFailure of the operator: what it failed at has not been worked on. */
  step(content: Uint8Array): Uint8Array {
    const batch = decodeWork(content);
    const output = this.#host.work(batch);
    const failed = findFailure(output);
    if (failed) throw new MachineFailure(this.#node.id, null, Object.assign(new Error(failed.message), { stack: failed.stack }));
    this.#now = Math.max(this.#now, batch.behind);
    return encodeMade(output);
  }

  save(all: boolean): Uint8Array {
    const { instance } = this.#host;
    const folding = instance.beginCopy(all);
    const now = Number.isFinite(this.#now) ? this.#now : null;
    return encodePiece({ now, folding }, instance.nextCopied(Number.POSITIVE_INFINITY));
  }
}

function findFailure({ several, ticks }: PartitionOutput): Extract<Output, { failed: object }>['failed'] | null {
  for (const outputs of [...several, ...ticks.map((tick) => tick.outputs)])
    for (const output of outputs) if ('failed' in output) return output.failed;
  return null;
}
