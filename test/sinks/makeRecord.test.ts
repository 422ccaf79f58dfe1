import { expect } from 'chai';
import { makeRecord } from '../../src/sinks/makeRecord.ts';
import { eventAt } from '../support/fakes.ts';

describe('recordOf', () => {
  it('writes an event as it is, and says when it came late', () => {
    const signal = eventAt(5, 'x');
    expect(makeRecord(signal)).to.equal(signal.event);
    expect(makeRecord({ ...signal, ...{ late: true } })).to.deep.equal({ ...signal.event, late: true });
  });

  it('writes what else is built in with its kind in front', () => {
    const rejected = { source: 's', reason: 'r', place: {}, original: 'o' };
    expect(JSON.stringify(makeRecord({ kind: 'rejected', time: 5, key: '', ...{ rejected } }))).to.equal(
      '{"kind":"rejected","source":"s","reason":"r","place":{},"original":"o"}',
    );
  });

  it("writes a kind of one's own with its event time, whether its values stand under its name or beside it", () => {
    const written = '{"kind":"slowest","timestamp":"1970-01-01T00:00:00.005Z","ms":7}';
    for (const own of [{ ms: 7 }, { slowest: { ms: 7 } }])
      expect(JSON.stringify(makeRecord({ kind: 'slowest', time: 5, key: 'k', ...own }))).to.equal(written);
  });
});
