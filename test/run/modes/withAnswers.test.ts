import { expect } from 'chai';
import { builtins } from '../../../src/pipeline/builtins.ts';
import { loadPipeline } from '../../../src/pipeline/load.ts';
import { withAnswers } from '../../../src/run/modes/withAnswers.ts';

const load = (operators: string, sinks: string) =>
  loadPipeline('p.yaml', `name: p\nsources: { in: { file: { path: /in } } }\noperators:\n${operators}\nsinks:\n${sinks}\n`, {
    registry: builtins,
    variables: { env: {}, config: () => undefined },
  });
const finds = '  - group_by: { key: source }\n  - memory: {}\n  - rank: {}\n  - spike: {}';
const own = '\n  - rules: [{ name: a, when: { state: new } }]';
/** What is added, and where each sink takes its signals from. */
const answered = (operators: string, sinks: string) => {
  const before = load(operators, sinks);
  const behind = withAnswers(before);
  return {
    added: behind.operators.slice(before.operators.length).map(({ id, from }) => `${id} from ${from.join()}`),
    sinks: Object.fromEntries(behind.sinks.map(({ id, from }) => [id, from.join()])),
    same: behind === before,
  };
};

describe('withAnswers', () => {
  it('puts rules without a rule before a sink that would get findings nobody could answer', () => {
    expect(answered(finds, '  out: { ndjson: { path: /out, select: [finding] } }')).to.deep.equal({
      added: ['~answers from spike'],
      sinks: { out: '~answers' },
      same: false,
    });
  });

  it('puts one before all sinks behind the same operator', () => {
    const { added, sinks } = answered(
      finds,
      '  out: { ndjson: { path: /out, select: [finding] } }\n  err: { ndjson: { path: /err, select: [finding] } }',
    );
    expect(added).to.deep.equal(['~answers from spike']);
    expect(sinks).to.deep.equal({ out: '~answers', err: '~answers' });
  });

  it('leaves a pipeline alone whose rules stand behind what finds', () => {
    expect(answered(finds + own, '  out: { ndjson: { path: /out, select: [finding] } }')).to.deep.include({ added: [], same: true });
  });

  it('leaves a sink alone that takes no findings', () => {
    const sinks = '  out: { ndjson: { path: /out, select: [blip] } }';
    expect(answered(finds, sinks)).to.deep.include({ added: [], sinks: { out: 'spike' }, same: true });
  });

  it('puts one of its own before each operator that finds and that a sink takes from', () => {
    const sinks =
      '  out: { from: spike, ndjson: { path: /out, select: [finding] } }\n  err: { from: [rank, spike], ndjson: { path: /err, select: [finding] } }';
    const found = answered(finds, sinks);
    expect(found.added).to.include('~answers from spike');
    expect(found.sinks['out']).to.equal('~answers');
    expect(found.sinks['err']!.split(',')).to.include('~answers');
  });
});
