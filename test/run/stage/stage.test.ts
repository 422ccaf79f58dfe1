import { expect } from 'chai';
import fc from 'fast-check';
import type { Arrival } from '../../../src/arrival.ts';
import { builtins } from '../../../src/pipeline/builtins.ts';
import { loadPipeline } from '../../../src/pipeline/load.ts';
import { withMarks } from '../../../src/run/modes/withMarks.ts';
import { Stage, type SavedStage, type StageOutput, type StageResult } from '../../../src/run/stage/stage.ts';
import type { Signal } from '../../../src/signal.ts';
import { eventAt } from '../../support/fakes.ts';
import { mistyped } from '../../support/typed.ts';

const second = 1000;
const pipeline = loadPipeline(
  'p.yaml',
  `name: p
sources: { in: { file: { path: /in.ndjson, format: ndjson } } }
operators:
  - group_by: { key: group_id }
  - memory: { window: 1m, early: 10s }
  - rank: { top: 5 }`,
  { registry: builtins, variables: { env: {}, config: () => undefined } },
);
const taps = [{ from: ['rank'], kinds: new Set(['radar', 'blip']) }];
const fresh = (pauses?: () => boolean) =>
  new Stage(pipeline, { lateness: [{ lateness: 5 * second, idle: 5 * second }], merged: true, now: 0, taps, pauses });

const arrival = (records: readonly Signal[], more: Partial<Arrival> = {}): Arrival => ({
  source: 'in',
  at: 0,
  records,
  given: records.length,
  left: 0,
  ...more,
});

/** Events in steps of up to 20 s, some of them back in time. */
const events = fc
  .array(fc.tuple(fc.integer({ min: -8, max: 20 }), fc.constantFrom('a', 'b'), fc.nat(3)), { minLength: 1, maxLength: 60 })
  .map((steps) => {
    let time = Date.UTC(2026, 2, 14);
    return steps.map(([step, group, n]) => eventAt((time += step * second), `line ${n} of many`, group));
  });
const cuts = fc.array(fc.nat(60), { maxLength: 8 }).map((places) => places.toSorted((a, b) => a - b));

/** The records in stretches that end at these places. */
const cutAt = <T>(records: readonly T[], places: readonly number[]): T[][] =>
  [0, ...places].map((from, i) => records.slice(from, places[i] ?? records.length));

const gathered = (outs: readonly StageOutput[]) => ({
  ends: outs.flatMap(({ ends }) => ends),
  tapped: outs.flatMap(({ taps: [tap] }) => tap!.signals),
  filtered: outs.reduce((sum, { taps: [tap] }) => sum + tap!.filtered, 0),
});
const outOf = ({ out }: StageResult) => out;

describe('a stage', () => {
  it('gives the same signals however its arrivals are cut', () => {
    fc.assert(
      fc.property(events, cuts, (records, places) => {
        const [whole, parts] = [fresh(), fresh()];
        const one = gathered([outOf(whole.push(arrival(records))), whole.end()]);
        const many = gathered([...cutAt(records, places).map((part) => outOf(parts.push(arrival(part)))), parts.end()]);
        expect(many).to.deep.equal(one);
        expect(one.tapped.length + one.filtered).to.equal(one.ends.length);
      }),
      { numRuns: 60 },
    );
  });

  it('gives the same signals wherever it pauses, between records and between ticks', () => {
    let paused = 0;
    fc.assert(
      fc.property(events, fc.integer({ min: 2, max: 5 }), (records, every) => {
        const whole = fresh();
        let steps = 0;
        const pausing = fresh(() => (steps += 1) % every === 0);
        const outs: StageOutput[] = [];
        for (let result = pausing.push(arrival(records)); ; result = pausing.push(arrival(records), result.done)) {
          outs.push(result.out);
          if (result.waiting === null) break;
          expect(pausing.isPaused).to.equal(true);
          while (!pausing.tick(result.waiting)) paused += 1;
          outs.push(pausing.take());
        }
        expect(gathered([...outs, pausing.end()])).to.deep.equal(gathered([outOf(whole.push(arrival(records))), whole.end()]));
      }),
      { numRuns: 60 },
    );
    expect(paused).to.be.greaterThan(0);
  });

  it('goes on from what it has saved as if it had never stopped', () => {
    fc.assert(
      fc.property(events, fc.nat(60), (records, place) => {
        const whole = fresh();
        const before = outOf(whole.push(arrival(records.slice(0, place))));
        const saved = JSON.parse(JSON.stringify(whole.save())) as SavedStage;
        const after = gathered([outOf(whole.push(arrival(records.slice(place)))), whole.end()]);
        const again = fresh();
        again.load(saved);
        expect(gathered([outOf(again.push(arrival(records.slice(place)))), again.end()])).to.deep.equal(after);
        expect(before.ends.filter(({ kind }) => kind === 'event')).to.have.length(Math.min(place, records.length));
      }),
      { numRuns: 60 },
    );
  });

  it('moves event time on while nothing comes, and closes what is due', () => {
    const stage = fresh();
    const live = new Stage(pipeline, { lateness: [{ lateness: 0, idle: 5 * second }], merged: false, now: 0, taps });
    live.push(arrival([eventAt(Date.UTC(2026, 2, 14), 'last words')]));
    expect(outOf(live.advance(4 * second)).ends, 'not idle yet').to.deep.equal([]);
    expect(outOf(live.advance(61 * second)).ends.map(({ kind }) => kind)).to.include('radar');
    expect(stage.newest).to.equal(null);
  });

  it('says which record an operator threw at, and nothing when only time moved', () => {
    const stage = fresh();
    const poison: Signal = { kind: 'event', time: Date.UTC(2026, 2, 14), key: '', event: mistyped(null) };
    expect(() => stage.push(arrival([eventAt(Date.UTC(2026, 2, 14)), poison]))).to.throw();
    expect(stage.failedAt).to.equal(1);
    expect(fresh().failedAt).to.equal(null);
  });

  it('is moved on by a record that does not go in itself, but not by what moves no time: a rejected one, one beside the others', () => {
    const alone = `name: p
sources: { in: { file: { path: /in.ndjson, format: ndjson, follow: true } } }
operators: [{ memory: {} }, { rank: {} }]`;
    const beside = withMarks(loadPipeline('p.yaml', alone, { registry: builtins, variables: { env: {}, config: () => undefined } }), '/d');
    const sure = { lateness: 0, idle: 5 * second };
    const stage = new Stage(beside, { lateness: [sure, sure], merged: false, now: 0, taps: [] });
    stage.push(arrival([eventAt(1000, 'first')]));
    const later = eventAt(9000, 'later');
    stage.pass('marks', later);
    stage.pass('in', { kind: 'rejected', time: 9000, key: '', rejected: mistyped({}) });
    expect([stage.clock.now, stage.newest]).to.deep.equal([1000, 1000]);
    stage.pass('in', later);
    expect([stage.clock.now, stage.newest]).to.deep.equal([9000, 9000]);
    // It still holds nobody back.
    stage.push(arrival([eventAt(10_000, 'last')]));
    expect(stage.clock.now).to.equal(10_000);
  });
});
