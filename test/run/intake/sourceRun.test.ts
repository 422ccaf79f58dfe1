import { expect } from 'chai';
import { z } from 'zod';
import { admitted, countRecords, holds, idleAfter, openClock, startSource } from '../../../src/run/intake/sourceRun.ts';
import { OrderedClock } from '../../../src/run/intake/orderedClock.ts';
import { SourceClock } from '../../../src/run/intake/sourceClock.ts';
import type { SourceNode } from '../../../src/pipeline/definition.ts';
import type { RejectedSignal } from '../../../src/signal.ts';
import { defineSource, sourceOptions } from '../../../src/sources/source.ts';
import { eventAt } from '../../support/fakes.ts';

interface Kind {
  live?: boolean;
  sequential?: boolean;
  redelivers?: boolean;
  accompanies?: boolean;
}

function node(kind: Kind = {}, options: object = {}): SourceNode {
  const source = defineSource({
    name: 'plain',
    summary: 'gives nothing',
    options: z.strictObject({ ...sourceOptions }),
    ...kind,
    open: () => ({ batches: (async function* () {})(), close: async () => {} }),
  });
  return { id: 'in', source, options: source.spec.options.parse(options) };
}
const begun = (kind?: Kind, saved?: Parameters<typeof startSource>[2]) => startSource(node(kind), [], saved);
const rejected: RejectedSignal = { kind: 'rejected', time: 0, key: '', rejected: { source: 'in', reason: 'x', place: {}, original: 'x' } };

describe('a source of a run', () => {
  it('stands at its beginning when nothing was saved, and else where it was left', () => {
    expect(begun().state).to.deep.include({ id: 'in', position: null, taken: 0, read: 0, reached: null });
    const saved = { id: 'in', hash: 'of older options', position: 7, taken: 2, read: 9, reached: 500 };
    const { state, newest, report } = begun({}, saved);
    expect(state).to.deep.equal({ ...saved, hash: begun().state.hash });
    expect([newest, report.read]).to.deep.equal([500, 0]);
  });

  it('counts what was accepted and rejected, its span, and what came behind a newer record', () => {
    const source = begun();
    countRecords(source, [eventAt(20), eventAt(10), rejected, eventAt(20), eventAt(30)]);
    expect(source.report).to.deep.equal({ id: 'in', read: 5, accepted: 4, rejected: 1, duplicate: 0 });
    expect([source.first, source.last, source.newest, source.disordered, source.state.read]).to.deep.equal([10, 30, 30, 1, 5]);
  });

  it('takes what is older than what an earlier run has reached for disorder', () => {
    const source = begun({}, { id: 'in', hash: '', position: 1, taken: 0, read: 1, reached: 100 });
    countRecords(source, [eventAt(50)]);
    expect([source.disordered, source.first, source.newest]).to.deep.equal([1, 50, 100]);
  });

  it('that may give a record again lets the second one go, and counts it', () => {
    const source = begun({ redelivers: true });
    const given = [eventAt(1, 'a'), eventAt(1, 'a'), eventAt(2, 'b')];
    expect(admitted(source, given).map(({ time }) => time)).to.deep.equal([1, 2]);
    expect(source.report).to.deep.include({ read: 1, duplicate: 1 });
    expect(admitted(begun(), given)).to.have.length(3);
  });

  it('counts as idle after what its options say, 5 s where they say nothing', () => {
    expect(idleAfter(node({}, { idle: '2m' }))).to.equal(120_000);
    expect(idleAfter({ ...node(), options: {} })).to.equal(5000);
  });

  for (const [what, kind, orders, Clock] of [
    ['puts in order what is sequential and ends', { sequential: true }, true, OrderedClock],
    ['settles by stream what is sequential beside a live one', { sequential: true }, false, SourceClock],
    ['settles what is live', { live: true }, false, SourceClock],
    ['lets records that end and come in any order go by their own stamps', {}, true, null],
    ['lets what only accompanies others go by its own stamps', { accompanies: true, live: true }, false, null],
    ['holds nothing back of one that may give a record again', { sequential: true, redelivers: true }, true, null],
  ] as const) {
    it(`${what}, by its clock`, () => {
      const clock = openClock(begun({ sequential: false, ...kind }), { orders, runs: null });
      expect(clock?.constructor ?? null).to.equal(Clock);
    });
  }

  it('may hold records back only where they are sequential and come once', () => {
    const kinds = [{ sequential: true }, { sequential: true, redelivers: true }, { sequential: false }];
    expect(kinds.map((kind) => holds(node(kind)))).to.deep.equal([true, false, false]);
  });
});
