import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { builtins } from '../../src/pipeline/builtins.ts';
import { describeGraph } from '../../src/pipeline/describeGraph.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';

describe('describeGraph', () => {
  const graph = describeGraph(
    loadPipeline('hdfs-radar.yaml', readFileSync('pipelines/hdfs-radar.yaml', 'utf8'), {
      registry: builtins,
      variables: { env: {}, config: () => '/data' },
    }),
  );

  it('names each part, its verb and what feeds it', () => {
    expect(graph.sources).to.deep.equal([{ id: 'hdfs', verb: 'file' }]);
    expect(graph.operators.map(({ id, from }) => `${from.join(' ')} > ${id}`).slice(0, 3)).to.deep.equal([
      'hdfs > normalize',
      'normalize > group_by',
      'group_by > memory',
    ]);
    expect(graph.operators.find(({ id }) => id === 'rules')?.ports).to.include('findings');
    expect(graph.sinks.map(({ id, verb }) => [id, verb])).to.deep.equal([
      ['screen', 'console'],
      ['out', 'ndjson'],
    ]);
  });
});
