import { expect } from 'chai';
import { planEngine } from '../../src/engine/planEngine.ts';
import { readText } from '../support/engine/machines.ts';

const read = (operators: string) =>
  readText(`name: p
sources: { in: { file: { path: /in.ndjson, format: ndjson, follow: true } } }
operators: [${operators}]
sinks: { out: { ndjson: { path: /d/radar.ndjson, select: [radar] } } }
`);

describe('how a pipeline is worked on on an engine', () => {
  it('is by key where it can be shared out', () => {
    const { cut, remark } = planEngine(read('{ group_by: { key: group_id } }, { memory: {} }'));
    expect(cut).to.include({ partition: 'memory' });
    expect(remark).to.equal(null);
  });

  it('is in one place where it looks across its keys, which is said with the reason', () => {
    for (const [operators, why] of [
      ['{ memory: { max_groups: 5 } }', 'memory counts its keys (max_groups)'],
      ['{ sessions: { by: text } }, { memory: {} }', 'sessions, in front of memory, has to see all records'],
      ['{ normalize: {} }', 'no operator works by key'],
    ] as const) {
      const { cut, remark } = planEngine(read(operators));
      expect(cut).to.equal(null);
      expect(remark).to.contain('work in one process, and in another when that ends').and.to.contain(why);
    }
  });

  it('is not yet where an operator waits for an embedder', () => {
    const embedder = '{ memory: { embedder: { http: { url: "http://localhost:1/v1", model: m } } } }';
    expect(() => planEngine(read(embedder))).to.throw('waits for the vectors of its embedder');
  });
});
