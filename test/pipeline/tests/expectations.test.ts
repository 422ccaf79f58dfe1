import { expect } from 'chai';
import { check, type Seen } from '../../../src/pipeline/tests/expectations.ts';
import type { Expectation } from '../../../src/pipeline/tests/testCase.ts';
import { eventSignal } from '../../../src/testing.ts';

const seen = (more: Partial<Seen['report']> = {}): Seen => ({
  place: 'memory',
  signals: ['a', 'b', 'c'].map((text, i) => eventSignal(text, 1000 * i)),
  report: { late: 0, rejected: [], ...more },
});
const wrong = (expected: Expectation, of = seen()) => check(expected, of, { start: 0, frame: 1000 });

describe('what is expected of a test', () => {
  it('holds where so many match in time, or at least one', () => {
    expect(wrong({ match: { text: 'b' } })).to.deep.equal([]);
    expect(wrong({ match: { text: 'b' }, at: 1000, count: 1 })).to.deep.equal([]);
    expect(wrong({ count: 3 })).to.deep.equal([]);
    expect(wrong({ match: { text: 'z' }, count: 0 })).to.deep.equal([]);
  });

  it('says how many came instead, or at which other time', () => {
    expect(wrong({ count: 2 })[0]).to.equal('expected 2 from memory, got 3');
    const late = wrong({ match: { text: 'b' }, after: 2000 });
    expect(late.slice(0, 2)).to.deep.equal([
      'expected at least 1 from memory matching {"text":"b"}, got 0',
      '  matching at another time: +0:01',
    ]);
    expect(wrong({ match: { text: 'z' } }).join('\n')).to.match(/nearest, at \+0:00:/);
  });

  it('is an order, others lying between', () => {
    expect(wrong({ order: [{ text: 'a' }, { text: 'c' }] })).to.deep.equal([]);
    expect(wrong({ order: [{ text: 'c' }, { text: 'a' }] })[0]).to.equal(
      'expected from memory in this order, number 2 did not come: {"text":"a"}',
    );
  });

  it('is a drawing, shown beside what came', () => {
    const values = { a: { text: 'a' }, b: { text: 'b' }, c: { text: 'c' } };
    expect(wrong({ marbles: 'abc', values })).to.deep.equal([]);
    expect(wrong({ marbles: 'ab-', values }).slice(0, 3)).to.deep.equal([
      'from memory, a character is 1s',
      '  expected  ab',
      '  actual    ab?',
    ]);
  });

  it('is that nothing is late or rejected', () => {
    expect([wrong({ nothing: 'late' }), wrong({ nothing: 'rejected' })]).to.deep.equal([[], []]);
    expect(wrong({ nothing: 'late' }, seen({ late: 2 }))).to.deep.equal(['expected nothing late, 2 records were']);
    const rejected = [{ reason: 'no time', count: 3, example: 'x' }];
    expect(wrong({ nothing: 'rejected' }, seen({ rejected }))).to.deep.equal(['expected nothing rejected', '  3 no time (x)']);
  });
});
