import { expect } from 'chai';
import { builtins } from '../../src/pipeline/builtins.ts';
import { drawGraph } from '../../src/pipeline/graph.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';
import { planCut } from '../../src/pipeline/plan.ts';

const load = (operators: string, sources = '{ in: { file: { path: /in } } }') =>
  loadPipeline('p.yaml', `name: p\nsources: ${sources}\noperators:\n${operators}`, {
    registry: builtins,
    variables: { env: {}, config: () => undefined },
  });
const why = (operators: string) => (planCut(load(operators)) as { why: string }).why;

describe('the cut of a chain', () => {
  it('has what is stateless in front, the first keyed operator by group, and all else behind', () => {
    const chain =
      '  - normalize: {}\n  - group_by: { key: source }\n  - memory: {}\n  - rank: {}\n  - spike: {}\n  - rules: [{ name: a, when: { state: new } }]';
    expect(planCut(load(chain))).to.deep.equal({
      sources: ['in'],
      front: ['normalize', 'group_by'],
      partition: 'memory',
      desk: ['rank', 'spike', 'rules'],
    });
  });

  it('follows where the keyed operator takes its records from', () => {
    const sources = '{ a: { file: { path: /a } }, b: { file: { path: /b } } }';
    expect(planCut(load('  - normalize: {}\n  - { memory: {}, from: b }', sources))).to.deep.equal({
      sources: ['b'],
      front: [],
      partition: 'memory',
      desk: ['normalize'],
    });
    expect(planCut(load('  - { memory: {}, from: [a, b] }', sources)))
      .to.have.property('sources')
      .that.deep.equals(['a', 'b']);
  });

  it('is none where something in it has to see all keys, or all records in their order', () => {
    expect(why('  - rank: {}')).to.equal('no operator works by key, so there is nothing to share out');
    expect(why('  - breaker: { failure: { match: fail } }')).to.equal(
      'breaker counts its keys (max_groups), which takes one place that sees all of them',
    );
    expect(why('  - memory: { max_groups: 9 }')).to.equal(
      'memory counts its keys (max_groups), which takes one place that sees all of them',
    );
    expect(why('  - memory: { embedder: universal-sentence-encoder }')).to.equal('memory waits for the vectors of its embedder');
    expect(why('  - rank: {}\n  - memory: {}')).to.equal('rank, in front of memory, has to see all records in their order');
    expect(why('  - normalize: {}\n  - { memory: {}, from: normalize.rejected }')).to.equal(
      'memory takes normalize.rejected, not all that one operator gives',
    );
  });

  it('is drawn: a box around what is shared out, or a remark why nothing is', () => {
    expect(drawGraph(load('  - memory: {}\n  - rank: {}'))).to.match(/subgraph by_group \[[^\]]+\]\n {4}operator_memory\n {2}end$/);
    expect(drawGraph(load('  - rank: {}'))).to.match(/\n%% in one place: no operator works by key, so there is nothing to share out$/);
  });
});
