import { expect } from 'chai';
import { builtins } from '../../../src/pipeline/builtins.ts';
import { loadPipeline } from '../../../src/pipeline/load.ts';
import { openThreads } from '../../../src/run/partition/openThreads.ts';
import { testIo } from '../../support/testIo.ts';

/** How many threads parse, and how many share out the groups. */
async function opened(source: string, count: number, reads = true): Promise<[number, number]> {
  const text = `name: p\nsources: { in: ${source} }\noperators: [memory: {}, rank: {}]\n`;
  const pipeline = loadPipeline('p.yaml', text, { registry: builtins, variables: { env: {}, config: () => undefined } });
  const { parsing, partitions } = await openThreads(pipeline, { count, refused: () => {} }, { io: testIo(), isLookedAt: false, reads });
  await parsing?.close();
  return [parsing ? 1 : 0, partitions?.count ?? 0];
}

describe('the threads beside a run', () => {
  it('are one that parses, where there are files that end; the others share out the groups', async () => {
    expect(await opened('{ file: { path: /in.log } }', 1)).to.deep.equal([1, 0]);
    expect(await opened('{ file: { path: /in.log } }', 3)).to.deep.equal([1, 2]);
  });

  it('all share out the groups where nothing can be parsed aside', async () => {
    expect(await opened('{ file: { path: /in.log, follow: true } }', 2)).to.deep.equal([0, 2]);
    expect(await opened('{ stdin: {} }', 1)).to.deep.equal([0, 1]);
    expect(await opened('{ file: { path: /in.log } }', 2, false)).to.deep.equal([0, 2]);
  });
});
