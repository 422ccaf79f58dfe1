import { expect } from 'chai';
import { testCase } from '../../../src/pipeline/tests/testCase.ts';

const parse = (more: object) => testCase.safeParse({ name: 'n', feed: { in: 'x' }, expect: [{ count: 1 }], ...more });
const problem = (more: object) =>
  parse(more)
    .error?.issues.map(({ message, path }) => `${path.join('.')}: ${message}`)
    .join() ?? 'none';

describe('a test of a pipeline', () => {
  it('feeds text, records or marbles, a second a frame', () => {
    const found = parse({ feed: { a: 'x', b: [{ n: 1 }], c: { marbles: 'a-b' } } });
    expect(found.data).to.deep.include({ frame: 1000, feed: { a: 'x', b: [{ n: 1 }], c: { marbles: 'a-b', values: {} } } });
  });

  it('is refused where it expects nothing, or its marbles cannot be read', () => {
    expect(problem({ expect: [{ from: 'x' }] })).to.equal('expect.0: expects nothing yet: give match, count, order, marbles or nothing');
    expect(problem({ expect: [] })).to.match(/^expect: /);
    expect(problem({ expect: [{ marbles: 'a(b' }] })).to.match(/^expect\.0\.marbles: marbles cannot be read/);
    expect(problem({ feed: { a: { marbles: 'a', values: { ab: {} } } } })).to.include('a');
    expect(problem({ expect: [{ count: -1 }] })).to.match(/^expect\.0\.count/);
  });

  it('may expect that nothing is late, and nothing else', () => {
    expect(problem({ expect: [{ nothing: 'late' }] })).to.equal('none');
    expect(problem({ expect: [{ nothing: 'slow' }] })).to.match(/^expect\.0\.nothing/);
  });
});
