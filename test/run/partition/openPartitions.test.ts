import { expect } from 'chai';
import { z } from 'zod';
import { defineOperator, foldedChanges, foldedOptions, type Machine } from '../../../src/kernel/defineOperator.ts';
import { builtins } from '../../../src/pipeline/builtins.ts';
import { loadPipeline } from '../../../src/pipeline/load.ts';
import { extend } from '../../../src/pipeline/registry.ts';
import { openPartitions } from '../../../src/run/partition/openPartitions.ts';
import { testIo } from '../../support/testIo.ts';

const own = defineOperator({
  name: 'own',
  options: z.strictObject({ ...foldedOptions('1MiB') }),
  changes: foldedChanges,
  keyed: true,
  onEvict: 'fold',
  machine: (): Machine<Record<string, never>> => ({ start: () => ({}), step: () => {} }),
});

/** What opening the partitions of a chain gives, and what is said of it. */
async function opened(operators: string) {
  const said: string[] = [];
  const registry = extend(builtins, { operators: [own] });
  const text = `name: p\nsources: { in: { file: { path: /in.ndjson } } }\noperators:\n${operators}`;
  const pipeline = loadPipeline('p.yaml', text, { registry, variables: { env: {}, config: () => undefined } });
  const partitions = await openPartitions(pipeline, { count: 2, refused: (why) => said.push(why) }, { io: testIo(), isLookedAt: false });
  return { partitions, said };
}

describe('the threads of a run', () => {
  it('are as many as are asked for, each a part of the first keyed operator', async () => {
    const { partitions, said } = await opened('  - memory: {}\n  - rank: {}');
    expect(partitions).to.deep.include({ count: 2, isLookedAt: false });
    expect(partitions!.cut.partition).to.equal('memory');
    expect(said).to.deep.equal([]);
  });

  it('are none where the chain cannot be cut, or the operator is none that a thread knows, which is said in one sentence', async () => {
    for (const [chain, why] of [
      ['  - rank: {}', 'no operator works by key, so there is nothing to share out'],
      ['  - memory: { max_groups: 5 }', 'memory counts its keys (max_groups), which takes one place that sees all of them'],
      ['  - own: {}', "own is not one of caducus's own operators, which a thread knows by name"],
    ] as const)
      expect(await opened(chain)).to.deep.equal({ partitions: undefined, said: [why] });
  });
});
