import { expect } from 'chai';
import { builtins } from '../../../src/pipeline/builtins.ts';
import { loadPipeline } from '../../../src/pipeline/load.ts';
import { extend } from '../../../src/pipeline/registry.ts';
import type { Checkpoints } from '../../../src/run/checkpoint/checkpointer.ts';
import { dryCheckpoints, dryPipeline, withoutCommits } from '../../../src/run/modes/dryPipeline.ts';
import { openSource } from '../../support/openSource.ts';
import { pushSource } from '../../support/pushSource.ts';
import { testIo } from '../../support/testIo.ts';

const sinks = `  out: { ndjson: { path: /out } }
  screen: { console: {} }
  pager: { webhook: { format: json, url: "https://pager.example.com/hook" } }`;
const { source } = pushSource();
const pipeline = loadPipeline('p.yaml', `name: p\nsources: { in: { push: {} } }\noperators: [{ normalize: {} }]\nsinks:\n${sinks}\n`, {
  registry: extend(builtins, { sources: [source] }),
  variables: { env: {}, config: () => undefined },
});

describe('a dry run', () => {
  it('keeps the sinks that show something, those that can print in place of sending set to do so', () => {
    const dry = dryPipeline(pipeline);
    expect(dry.leftOut).to.deep.equal(['out']);
    expect(dry.pipeline.sinks.map(({ id }) => id)).to.deep.equal(['screen', 'pager']);
    expect(dry.pipeline.sinks[1]!.options).to.include({ dryRun: true });
    expect(pipeline.sinks[2]!.options).to.include({ dryRun: false });
  });

  it('acknowledges nothing outside, and journals nothing', () => {
    const dry = withoutCommits(pipeline);
    const [before, behind] = [pipeline, dry].map(({ sources: [node] }) => openSource(node!.source, {}, { io: testIo() }));
    expect([typeof before!.commit, typeof behind!.commit, typeof behind!.close]).to.deep.equal(['function', 'undefined', 'function']);
    expect([pipeline.checkpoint.journal, dry.checkpoint.journal]).to.deep.equal([true, false]);
  });

  it('has a source delete nothing that would delete', () => {
    const [node] = pipeline.sources;
    const deleting = { ...pipeline, sources: [{ ...node!, options: { ...(node!.options as object), delete: 'stored' } }, node!] };
    const [first, second] = withoutCommits(deleting).sources;
    expect(first!.options).to.include({ delete: 'never' });
    expect(second!.options).to.not.have.property('delete');
  });

  it('goes on from the last checkpoint and takes none', async () => {
    const touched: string[] = [];
    const kept = new Proxy({ folder: '/s', restore: async () => null } as unknown as Checkpoints, {
      get: (target, name) => {
        touched.push(String(name));
        return Reflect.get(target, name) as unknown;
      },
    });
    const dry = dryCheckpoints(kept);
    expect(await dry.restore()).to.equal(null);
    expect([dry.folder, dry.due(1e9)]).to.deep.equal(['/s', false]);
    touched.length = 0;
    dry.begin(true);
    await dry.write(['x']);
    await dry.abandon();
    expect(touched).to.deep.equal([]);
  });
});
