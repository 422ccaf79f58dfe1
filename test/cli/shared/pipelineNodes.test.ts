import { expect } from 'chai';
import { buildPipeline, radarOperators, sinkNode, sourceNode } from '../../../src/cli/shared/pipelineNodes.ts';
import { CaducusError } from '../../../src/errors.ts';
import { folder } from '../../../src/sinks/folder.ts';
import { store } from '../../../src/sources/store.ts';

function refusal(build: () => unknown): CaducusError {
  try {
    build();
  } catch (error) {
    expect(error).to.be.instanceOf(CaducusError);
    return error as CaducusError;
  }
  throw new Error('it was taken');
}

describe('a node that is put together in code', () => {
  it('has its options parsed, presets included', () => {
    expect(sourceNode('in', store, { path: 'data' }).options).to.deep.include({ path: 'data', allowedLateness: 0, idle: 5000 });
  });

  it('has a name only where one is given', () => {
    expect(sourceNode('in', store, { path: 'd' })).to.not.have.property('name');
    expect(sourceNode('in', store, { path: 'd' }, 'app')).to.include({ id: 'in', name: 'app' });
  });

  it('is refused with the options that are wrong', () => {
    const error = refusal(() => sourceNode('in', store, { path: '', idle: 'soon' }));
    expect(error).to.include({ code: 'CAD002', exit: 64 });
    expect(error.what)
      .to.match(/^store: /)
      .and.include('path ')
      .and.include('; idle ');
    expect(refusal(() => sinkNode('out', folder, { fsync: 'perhaps' })).what).to.match(/^folder: fsync /);
  });
});

describe('the operators of a plain radar', () => {
  it('group, remember and rank, each fed by the one before', () => {
    const operators = radarOperators({ by: 'group_id', window: 300_000, top: 3 });
    expect(operators.map(({ id, from }) => [id, ...from])).to.deep.equal([['group_by'], ['memory', 'group_by'], ['rank', 'memory']]);
    expect(operators.map(({ options }) => options)[0]).to.deep.include({ key: 'group_id' });
    expect(operators[1]!.options).to.deep.include({ window: 300_000, early: 0 });
    expect(operators[2]!.options).to.deep.include({ top: 3 });
  });

  it('name the one whose options are wrong', () => {
    expect(refusal(() => radarOperators({ by: 'group_id', window: -1, top: 3 })).what).to.match(/^memory: window /);
    expect(refusal(() => radarOperators({ by: 'group_id', window: 300_000, top: -1 })).what).to.match(/^rank: top /);
  });
});

describe('a pipeline of nodes', () => {
  const sinks = [sinkNode('a', folder, {}), sinkNode('b', folder, {})];

  it('gives every sink what its last operator gives', () => {
    const { sinks: fed } = buildPipeline('p', {
      sources: [],
      operators: radarOperators({ by: 'group_id', window: 300_000, top: 3 }),
      sinks,
    });
    expect(fed.map(({ from }) => from)).to.deep.equal([['rank'], ['rank']]);
  });

  it('without operators feeds its sinks from its sources', () => {
    expect(buildPipeline('p', { sources: [], operators: [], sinks }).sinks.map(({ from }) => from)).to.deep.equal([[], []]);
  });

  it('masks secrets, as one in a file does', () => {
    expect(buildPipeline('p', { sources: [], operators: [], sinks }).redact).to.deep.equal(['secrets']);
  });
});
