import { PartitionHost } from '../../../src/run/partition/partitionHost.ts';
import type { Partition } from '../../../src/run/partition/partition.ts';
import type { OperatorNode } from '../../../src/pipeline/definition.ts';

/** A partition in this thread; what goes in and out is copied as between threads. `wait` delays its answers, in their order. */
export function localPartition({ operator, options }: OperatorNode, wait: () => Promise<void> = async () => {}): Partition {
  const host = new PartitionHost(operator.spec, options);
  let turn: Promise<unknown> = Promise.resolve();
  const answer = <T>(work: () => T): Promise<T> => {
    const given = turn.then(async () => {
      await wait();
      return structuredClone(work());
    });
    turn = given.catch(() => {});
    return given;
  };
  return {
    load: (saved, now) => answer(() => host.load(structuredClone(saved), now)),
    work: (batch) => answer(() => host.work(structuredClone(batch))),
    save: () => answer(() => host.instance.save()),
    folding: () => answer(() => host.instance.folding),
    beginCopy: (all) => void answer(() => host.instance.beginCopy(all)),
    nextCopied: (characters) => answer(() => host.instance.nextCopied(characters)),
    close: () => answer(() => undefined),
  };
}
