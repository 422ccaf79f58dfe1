// One file, because all of it is said with the same few builders of blips and findings.
import { expect } from 'chai';
import fc from 'fast-check';
import { from, map, toArray } from 'rxjs';
import { rules } from '../../operators/rules.ts';
import { migrateRules } from '../../src/findings/rules/migrateRules.ts';
import { toIso } from '../../src/event.ts';
import type { Flow } from '../../src/kernel/defineOperator.ts';
import type { Blip, Finding, FindingSignal, Signal } from '../../src/signal.ts';
import { blipSignal, eventOf, findingSignal, markSignal, width } from '../support/blips.ts';
import { verify } from '../../src/testing.ts';
import { resultJson } from '../support/findings.ts';

type Options = Parameters<typeof rules>[0];
const newError: Options = [{ name: 'new-error', when: { state: 'new', minLevel: 'error' }, severity: 'critical' }];
const quiet: Options = [{ name: 'went-quiet', when: { noData: true }, for: '10m' }];
const error: Partial<Blip> = { state: 'new', level: 'ERROR', first_seen: toIso(width - 60_000) };
const minute = 60_000;

/** What a rules operator says of these signals. */
function findings(signals: readonly Signal[], options: Options): Finding[] {
  let out: Flow[] = [];
  from<Flow[]>([...signals])
    .pipe(rules(options), toArray())
    .subscribe((all) => (out = all));
  return out.filter((s): s is FindingSignal => s.kind === 'finding').map(({ finding }) => finding);
}
const states = (signals: readonly Signal[], options: Options) => findings(signals, options).map(({ state }) => state);
/** Windows of a group in which only another pattern was seen. */
const calm = (from_: number, to: number) => Array.from({ length: to - from_ + 1 }, (_, i) => blipSignal('other', (from_ + i) * width));

describe('rules', () => {
  it('fires at the first sign, lasts while it goes on and resolves after two windows without it', () => {
    verify('x----y----z----w----v---|', rules(newError), '(xF)-(yF)-z----w----(Rv)|', {
      start: width,
      frame: minute,
      signal: (letter, time) =>
        'zwv'.includes(letter) ? blipSignal('other', time) : blipSignal('a', time, letter === 'x' ? error : { level: 'ERROR' }),
      describe: (signal) =>
        signal.kind === 'finding' ? (signal.finding.state === 'firing' ? 'F' : 'R') : 'xyzwv'[signal.time / width - 1]!,
    });
  });

  it('says since when, what it is about and in which window', () => {
    const [finding] = findings([blipSignal('a', width, error)], newError);
    expect(finding).to.include({
      rule: 'new-error',
      type: 'rule',
      severity: 'critical',
      group_id: 'g',
      topic_id: 'a',
      title: 'label a',
      since: toIso(width - minute),
    });
    expect(finding!.result).to.include({ value: 10, state: 'new', level: 'ERROR', clear_needed: 2 });
  });

  it('is one finding for an early result, the closed window and the windows after it', () => {
    const told = findings(
      [blipSignal('a', width, { ...error, open: true }), blipSignal('a', width, error), blipSignal('a', 2 * width, error)],
      newError,
    );
    expect(new Set(told.map(({ id }) => id)).size).to.equal(1);
    expect(told.map(({ state }) => state)).to.deep.equal(['firing', 'firing', 'firing']);
  });

  it('gives the same trouble at another time another id', () => {
    const told = findings([blipSignal('a', width, error), ...calm(2, 4), blipSignal('a', 5 * width, error)], newError);
    expect(told.map(({ state }) => state)).to.deep.equal(['firing', 'resolved', 'firing']);
    expect(told[0]!.id).to.equal(told[1]!.id).and.not.equal(told[2]!.id);
  });

  it('counts clear windows in a row', () => {
    const signals = [blipSignal('a', width, error), ...calm(2, 2), blipSignal('a', 3 * width, error), ...calm(4, 6)];
    expect(states(signals, newError)).to.deep.equal(['firing', 'firing', 'resolved']);
  });

  it('is pending until it has held for long enough, and withdrawn when it has not', () => {
    const held: Options = [{ name: 'loud', when: { state: 'rising' }, for: '10m' }];
    const rising = (end: number) => blipSignal('a', end * width, { state: 'rising' });
    expect(states([rising(1), rising(2)], held)).to.deep.equal(['pending', 'firing']);
    expect(states([rising(1), ...calm(2, 3)], held)).to.deep.equal(['pending', 'resolved']);
  });

  it('shows what is new while it learns, and fires nothing', () => {
    const learning = { ...error, why: { learning: { learned_ms: 1, warmup_ms: 2 } } };
    expect(states([blipSignal('a', width, learning)], newError)).to.deep.equal([]);
    expect(
      states([blipSignal('a', width, { ...learning, state: 'rising' })], [{ name: 'r', when: { state: ['new', 'rising'] } }]),
    ).to.deep.equal(['firing']);
  });

  it('clears nothing while a group that always speaks is silent', () => {
    const before = Array.from({ length: 8 }, (_, i) => blipSignal('a', (i + 1) * width));
    const elsewhere = Array.from({ length: 6 }, (_, i) => blipSignal('z', (10 + i) * width, { group_id: 'other' }));
    const told = findings([...before, blipSignal('b', 9 * width, error), ...elsewhere], newError);
    expect(told.map(({ state }) => state)).to.deep.equal(['firing', 'firing']);
    expect(resultJson(told[1]!).no_data_since).to.equal(toIso(9 * width));
    const back = [16, 17, 18].map((n) => blipSignal('a', n * width));
    expect(states([...before, blipSignal('b', 9 * width, error), ...elsewhere, ...back], newError).at(-1)).to.equal('resolved');
  });

  it('takes silence for calm in a group that speaks now and then', () => {
    const elsewhere = [2, 3, 4].map((n) => blipSignal('z', n * width, { group_id: 'other' }));
    expect(states([blipSignal('a', width, error), ...elsewhere], newError)).to.deep.equal(['firing', 'resolved']);
  });

  describe('conditions', () => {
    const loud = {
      state: 'rising',
      level: 'WARN',
      group_id: 'aws:/auth',
      label: 'JWT expired',
      exemplars: [{ event_id: '1', timestamp: '', text: 'JWT 17 expired for ana' }],
    } satisfies Partial<Blip>;
    const table: [when: object, holds: boolean][] = [
      [{ state: 'rising' }, true],
      [{ state: 'gone' }, false],
      [{ state: ['gone', 'rising'] }, true],
      [{ minLevel: 'info' }, true],
      [{ minLevel: 'warning' }, true],
      [{ minLevel: 'err' }, false],
      [{ minCount: 10 }, true],
      [{ minCount: 11 }, false],
      [{ minScore: blipSignal('a', width, error).blip.score }, true],
      [{ minScore: blipSignal('a', width, error).blip.score + 1e-9 }, false],
      [{ minScore: 87 }, true],
      [{ minScore: 88 }, false],
      [{ state: 'rising', group: '^aws:' }, true],
      [{ state: 'rising', group: '/AUTH$/' }, false],
      [{ state: 'rising', group: '/AUTH$/i' }, true],
      [{ pattern: 'JWT' }, true],
      [{ pattern: 'for ana' }, true],
      [{ pattern: 'for bob' }, false],
    ];
    for (const [when, holds] of table) {
      it(`${JSON.stringify(when)} ${holds ? 'holds' : 'does not hold'} for a rising WARN pattern of aws:/auth`, () => {
        const options = [{ name: 'r', when }] as Options;
        expect(states([blipSignal('a', width, loud)], options)).to.deep.equal(holds ? ['firing'] : []);
      });
    }

    const wrong: [rule: object, says: string][] = [
      [{ name: 'r', when: {} }, 'names no condition'],
      [{ name: 'r', when: { noData: true } }, 'no_data needs `for`'],
      [{ name: 'r', when: { noData: true, state: 'new' }, for: '1m' }, 'no_data is about whole groups'],
      [{ name: 'r', when: { finding: 'spike', minCount: 2 } }, 'a finding has no minCount'],
      [{ name: 'r', when: { state: 'new', minSeverity: 'critical' } }, 'only findings have a severity'],
      [{ name: 'r', when: { pattern: '(' } }, 'RE2 syntax'],
      [{ name: 'r', when: { minLevel: 'loud' } }, 'expected a level'],
    ];
    for (const [rule, says] of wrong) {
      it(`${JSON.stringify(rule)} is refused: ${says}`, () => {
        expect(() => rules([rule] as Options)).to.throw(says);
      });
    }

    it('two rules of one name are refused', () => {
      expect(() =>
        rules([
          { name: 'r', when: { state: 'new' } },
          { name: 'r', when: { state: 'gone' } },
        ]),
      ).to.throw('is taken by a rule above');
    });
  });

  describe('no data', () => {
    const steady = (to: number, group = 'g') => Array.from({ length: to }, (_, i) => eventOf(group, i * minute));

    it('fires for a group that is silent for as long as the rule says, although nothing of it comes', () => {
      const [finding] = findings([...steady(10), eventOf('other', 19 * minute)], quiet);
      expect(finding).to.include({
        state: 'firing',
        group_id: 'g',
        title: 'no events',
        since: toIso(9 * minute),
        updated: toIso(19 * minute),
      });
      expect(finding!.result).to.include({ no_data: true, usual_gap_ms: minute });
      expect(states([...steady(10), eventOf('other', 19 * minute - 1)], quiet)).to.deep.equal([]);
    });

    it('is resolved by the second event that comes, not by a stray one', () => {
      const silent = [...steady(10), eventOf('g', 30 * minute)];
      expect(states(silent, quiet)).to.deep.equal(['firing']);
      expect(states([...silent, eventOf('g', 31 * minute)], quiet)).to.deep.equal(['firing', 'resolved']);
    });

    it('fires again for the next silence, as another finding', () => {
      const told = findings([...steady(10), eventOf('g', 30 * minute), eventOf('g', 31 * minute), eventOf('other', 60 * minute)], quiet);
      expect(told.map(({ state }) => state)).to.deep.equal(['firing', 'resolved', 'firing']);
      expect(told[2]!.since).to.equal(toIso(31 * minute));
      expect(told[2]!.id).not.to.equal(told[0]!.id);
    });

    it('waits for three usual gaps where that is longer', () => {
      const slow = Array.from({ length: 5 }, (_, i) => eventOf('g', i * 10 * minute));
      expect(states([...slow, eventOf('other', 70 * minute - 1)], quiet)).to.deep.equal([]);
      expect(states([...slow, eventOf('other', 70 * minute)], quiet)).to.deep.equal(['firing']);
    });

    it('misses no group whose usual gap is not known', () => {
      expect(states([...steady(3), eventOf('other', 600 * minute)], quiet)).to.deep.equal([]);
    });

    it('looks only at the groups that are named', () => {
      const one: Options = [{ name: 'q', when: { noData: true, group: '^a' }, for: '10m' }];
      const both = [...steady(10, 'a'), ...steady(10, 'b')].toSorted((x, y) => x.time - y.time);
      expect(findings([...both, eventOf('z', 60 * minute)], one).map(({ group_id }) => group_id)).to.deep.equal(['a']);
    });
  });

  describe('findings of safeguards', () => {
    const escalate: Options = [{ name: 'page', when: { finding: 'spike', minSeverity: 'warning' }, for: '10m', severity: 'critical' }];

    it('escalate when they last, and are over when those are', () => {
      const signals = [findingSignal('s', 0), eventOf('g', 10 * minute), findingSignal('s', 0, { state: 'resolved' })];
      const told = findings(signals, escalate).filter(({ rule }) => rule === 'page');
      expect(told.map(({ state }) => state)).to.deep.equal(['pending', 'firing', 'resolved']);
      expect(told[1]).to.include({ severity: 'critical', updated: toIso(10 * minute) });
    });

    it('go on unchanged when nobody has said anything', () => {
      const signal = findingSignal('s', 0);
      let out: Flow[] = [];
      from<Flow[]>([signal])
        .pipe(rules([]), toArray())
        .subscribe((all) => (out = all));
      expect(out).to.have.lengthOf(1);
      expect((out[0] as FindingSignal).finding).to.equal(signal.finding);
    });
  });

  describe('what people say', () => {
    it('names the last change before a finding began: within an hour, of a budget within a day', () => {
      const hour = 60 * minute;
      const at = 30 * hour;
      const said = (type: Finding['type'], ...times: number[]) =>
        findings([...times.map((time, i) => markSignal({ type: 'change', text: `v${i}` }, time)), findingSignal('f', at, { type })], []).at(
          -1,
        )!.result.change;
      expect(said('spike', at - 2 * hour, at - hour)).to.deep.equal({ at: toIso(at - hour), text: 'v1' });
      expect(said('spike', at - 10 * minute, at, at + 1)).to.deep.equal({ at: toIso(at), text: 'v1' });
      expect([said('spike', at - hour - 1), said('spike', at + 1), said('episode', at)]).to.deep.equal([undefined, undefined, undefined]);
      expect([said('budget', at - 24 * hour), said('budget', at - 24 * hour - 1)]).to.deep.equal([
        { at: toIso(at - 24 * hour), text: 'v0' },
        undefined,
      ]);
    });

    it('tells an open finding again when a change before it becomes known, at its own time', () => {
      const signals = [
        findingSignal('f', minute),
        eventOf('g', 5 * minute),
        markSignal({ type: 'change', text: 'v1', at: toIso(0) }, 5 * minute),
      ];
      const told = findings(signals, []);
      expect(told.map(({ updated, result }) => [updated, result.change ?? null])).to.deep.equal([
        [toIso(minute), null],
        [toIso(5 * minute), { at: toIso(0), text: 'v1' }],
      ]);
      expect(findings([...signals, markSignal({ type: 'change', text: 'v1', at: toIso(0) }, 6 * minute)], [])).to.deep.equal(told);
    });

    const firing = blipSignal('a', width, error);

    for (const target of ['its id', 'its pattern', 'its group']) {
      it(`an ack of ${target} marks it acked until its end, then it fires again`, () => {
        const { id } = findings([firing], newError)[0]!;
        const ack = markSignal(
          { type: 'ack', target: target === 'its id' ? id : target === 'its pattern' ? 'a' : 'g', until: toIso(3 * width), text: 'on it' },
          width,
        );
        const told = findings(
          [firing, ack, ...[2, 3].map((n) => blipSignal('a', n * width, error)), eventOf('g', 3 * width + 2)],
          newError,
        );
        expect(told.map(({ state }) => state)).to.deep.equal(['firing', 'acked', 'acked', 'firing', 'firing']);
        expect(told[1]!.result.acked).to.include({ who: 'ana', note: 'on it' });
        expect(told[3]!.result).not.to.have.property('acked');
      });
    }

    it('an ack works on findings of other operators too', () => {
      const signals = [
        findingSignal('s', 0),
        markSignal({ type: 'ack', target: 's' }, 1),
        findingSignal('s', 0),
        findingSignal('s', 0, { state: 'resolved' }),
      ];
      expect(states(signals, [])).to.deep.equal(['firing', 'acked', 'acked', 'resolved']);
    });

    it('an ack without an end does not outlive what it was about', () => {
      const signals = [firing, markSignal({ type: 'ack', target: 'a' }, width), ...calm(2, 4), blipSignal('a', 5 * width, error)];
      expect(states(signals, newError)).to.deep.equal(['firing', 'acked', 'resolved', 'firing']);
    });

    it('a silence is half open: in force from its start, not at its end', () => {
      fc.assert(
        fc.property(
          fc.integer({ min: 0, max: 40 }),
          fc.integer({ min: 1, max: 20 }),
          fc.integer({ min: 0, max: 70 }),
          (begin, length, at) => {
            const mark = markSignal(
              { type: 'silence', target: 's', from: toIso(begin * minute), until: toIso((begin + length) * minute) },
              0,
            );
            const told = findings([mark, findingSignal('s', at * minute)], []);
            const inForce = at >= begin && at < begin + length;
            expect(told[0]!.result.silenced_until).to.equal(inForce ? toIso((begin + length) * minute) : undefined);
            expect(told[0]!.state).to.equal('firing');
          },
        ),
        { numRuns: 200 },
      );
    });

    it('a silence that starts later and ends is told when it does', () => {
      const mark = markSignal({ type: 'silence', target: 's', from: toIso(10 * minute), until: toIso(20 * minute) }, 0);
      const told = findings([findingSignal('s', 0), mark, eventOf('g', 30 * minute)], []);
      expect(told.map(({ result }) => result.silenced_until ?? null)).to.deep.equal([null, toIso(20 * minute), null]);
    });

    it('a silence until rising holds through the rise that is on, and ends with the next', () => {
      const rising = (n: number) => blipSignal('a', n * width, { state: 'rising' });
      const steady = (n: number) => blipSignal('a', n * width);
      const mark = markSignal({ type: 'silence', target: 'a', until_state: 'rising' }, width + 1);
      const options: Options = [{ name: 'r', when: { pattern: 'label' } }];
      const told = findings([rising(1), mark, rising(2), rising(3), steady(4), rising(5)], options);
      expect(told.map(({ result }) => result.silenced_until ?? null)).to.deep.equal([
        null,
        'rising',
        'rising',
        'rising',
        'rising',
        null,
        null,
      ]);
    });

    it('resolve ends a finding at once, and the same trouble is not told again until it has been clear', () => {
      const resolve = markSignal({ type: 'resolve', target: 'a', text: 'false alarm' }, width);
      const signals = [firing, resolve, blipSignal('a', 2 * width, error), ...calm(3, 5), blipSignal('a', 6 * width, error)];
      const told = findings(signals, newError);
      expect(told.map(({ state }) => state)).to.deep.equal(['firing', 'resolved', 'firing']);
      expect(told[1]!.result.resolved_by).to.include({ note: 'false alarm' });
    });

    it('notes stand in the finding, each once', () => {
      const note = markSignal({ type: 'note', target: 'a', text: 'disk swapped', link: 'https://t.example/1' }, width);
      const told = findings([firing, note, note], newError);
      expect(told.map(({ result }) => (result.notes as unknown[] | undefined)?.length ?? 0)).to.deep.equal([0, 1]);
    });
  });

  describe('about a pattern', () => {
    const many: Options = [
      { name: 'errors-rising', when: { state: 'rising', minLevel: 'error' }, severity: 'warning' },
      { name: 'new-error', when: { state: ['new', 'returning'], minLevel: 'error' }, severity: 'critical' },
    ];
    const at = (n: number, more: Partial<Blip>) => blipSignal('a', n * width, { level: 'ERROR', ...more });
    const told = (signals: readonly Signal[], options: Options = many) =>
      findings(signals, options).map(({ state, severity, rule }) => `${state} ${severity} ${rule}`);

    it('are one, whichever rule speaks, and their severity only rises', () => {
      const signals = [
        at(1, { state: 'rising', usual: 4 }),
        at(2, { state: 'returning', usual: 4 }),
        at(3, { state: 'rising', usual: 9 }),
        ...calm(4, 6),
      ];
      expect(told(signals)).to.deep.equal([
        'firing warning errors-rising',
        'firing critical new-error',
        'firing critical new-error',
        'resolved critical new-error',
      ]);
      expect(new Set(findings(signals, many).map(({ id }) => id)).size).to.equal(1);
    });

    it('last while the count is beyond where it began, however used to it the memory has become', () => {
      const on = Array.from({ length: 300 }, (_, i) => at(i + 2, { state: 'steady', count: 95, usual: 95 }));
      const all = findings([at(1, { state: 'rising', count: 100, usual: 61 }), ...on], many);
      expect(new Set(all.map(({ state, id }) => `${state} ${id}`)).size).to.equal(1);
      expect(resultJson(all.at(-1)!)).to.include({ clear_below: 92.2, value: 95, state: 'steady' });
      const below = [301, 302, 303].map((n) => at(n + 1, { state: 'steady', count: 70, usual: 95 }));
      expect(findings([at(1, { state: 'rising', count: 100, usual: 61 }), ...on, ...below], many).at(-1)!.state).to.equal('resolved');
    });

    it('go on under their id when the pattern turns out to be another', () => {
      const whole = (n: number) => blipSignal('whole', n * width, { level: 'ERROR', merged: ['a'] });
      const all = findings([at(1, error), whole(2), whole(3), ...calm(4, 6)], newError);
      expect(new Set(all.map(({ id }) => id)).size).to.equal(1);
      expect(all.map(({ state }) => state)).to.deep.equal(['firing', 'firing', 'firing', 'resolved']);
    });

    it('that is missing last until it is back', () => {
      const gone: Options = [{ name: 'gone', when: { state: 'gone' } }];
      const one = (n: number, count: number, state: Blip['state']) => at(n, { state, count, usual: 240 });
      const signals = [
        one(1, 0, 'gone'),
        one(2, 0, 'steady'),
        one(3, 20, 'steady'),
        one(4, 200, 'rising'),
        one(5, 220, 'steady'),
        one(6, 240, 'steady'),
      ];
      expect(findings(signals, gone).map(({ state }) => state)).to.deep.equal(['firing', 'firing', 'firing', 'resolved']);
      expect(resultJson(findings(signals, gone)[0]!)).to.include({ clear_above: 178 });
    });

    it('waits for each rule by itself, and is withdrawn when none holds before it fires', () => {
      const slow: Options = [{ name: 'lasting', when: { minLevel: 'error' }, for: '10m', severity: 'critical' }, many[0]!];
      const rising = (n: number) => at(n, { state: 'rising', usual: 1 });
      expect(told([rising(1), rising(2), rising(3)], slow)).to.deep.equal([
        'firing warning errors-rising',
        'firing critical lasting',
        'firing critical lasting',
      ]);
      expect(told([at(1, { state: 'steady' }), ...calm(2, 3)], slow)).to.deep.equal([
        'pending critical lasting',
        'resolved critical lasting',
      ]);
    });

    it('goes on after a restart under its id, although its checkpoint was written when each rule had one of its own', () => {
      const old = (rule: string, id: string) => ({
        id,
        rule,
        subject: 'g\0a',
        kind: 'pattern',
        group: 'g',
        topic: 'a',
        title: 'label a',
        since: 0,
        firing: true,
        told: 0,
        repeats: 0,
        clear: 0,
        width,
        held: width,
        blind: null,
        alerts: [],
        result: {},
      });
      expect(rules.spec.stateVersion).to.equal(2);
      const migrated = migrateRules({ cases: [old('errors-rising', 'one'), old('new-error', 'two')], now: width });
      expect((migrated as { cases: { id: string; subject: string }[] }).cases.map(({ id, subject }) => [id, subject])).to.deep.equal([
        ['one', 'g\0a'],
        ['two', 'g\0a\0new-error'],
      ]);
    });
  });

  it('that a person calls usual is over although it goes on, and begins anew only by a rule', () => {
    const on = (n: number, more: Partial<Blip> = {}) => blipSignal('a', n * width, { level: 'ERROR', ...more });
    const usual = markSignal({ type: 'resolve', target: 'a', as_usual: ['a'] }, 2 * width + 1);
    const told = findings(
      [on(1, error), on(2), usual, on(3), on(4), on(5), ...calm(6, 8), on(9, { state: 'returning' }), on(10, error)],
      newError,
    );
    expect(told.map(({ state }) => state)).to.deep.equal(['firing', 'firing', 'resolved', 'firing']);
    expect(told[2]!.result.resolved_by).to.include({ who: 'ana' });
    expect(told[3]!.id).not.to.equal(told[0]!.id);
  });

  describe('what is already on', () => {
    const learning = { why: { learning: { learned_ms: 1, warmup_ms: 2 } } };
    const at = (n: number, more: Partial<Blip> = {}) => blipSignal('a', n * width, { level: 'ERROR', ...more });

    it('when a warm-up ends is told at its end, since when it came, and stays open while it comes', () => {
      const signals = [
        at(1, { ...error, ...learning }),
        at(2, learning),
        at(3, { usual: 10 }),
        at(4, { usual: 10, count: 2 }),
        ...calm(5, 7),
      ];
      const all = findings(signals, newError);
      expect(all.map(({ state }) => state)).to.deep.equal(['firing', 'firing', 'resolved']);
      expect(all[0]).to.include({ since: toIso(width - minute), updated: toIso(3 * width), severity: 'critical' });
      expect(resultJson(all[0]!)).to.include({ already_on: true, clear_below: 1 });
    });

    it('is nothing that stopped before the end, is no error, or no rule asks for', () => {
      expect(findings([at(1, learning), ...calm(2, 2), at(3)], newError)).to.deep.equal([]);
      expect(findings([at(1, { ...learning, level: 'WARN' }), at(2, { level: 'WARN' })], newError)).to.deep.equal([]);
      expect(findings([at(1, learning), at(2)], [{ name: 'r', when: { state: 'rising' } }])).to.deep.equal([]);
    });
  });

  it('tells again of what is still firing after the repeat interval', () => {
    const options: Options = { rules: newError, repeatInterval: '15m' };
    const told = findings(
      [1, 2, 3, 4, 5].map((n) => blipSignal('a', n * width, error)),
      options,
    );
    expect(told.map(resultJson).filter((result) => result.repeats === 1 && result.end === toIso(4 * width))).to.have.lengthOf(1);
  });

  it('lasts as long as the thing, resolves only after two clear looks, and ends none twice (property)', () => {
    const windows = fc.array(fc.constantFrom('new', 'steady', 'absent'), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(windows, (story) => {
        const signals = story.flatMap((word, i) => {
          const end = (i + 1) * width;
          const other = blipSignal('other', end);
          return word === 'absent' ? [other] : [other, blipSignal('a', end, { ...error, state: word as Blip['state'] })];
        });
        const told = findings(signals, newError);
        // The rule in a few lines, as a model: being new begins it, two windows in a row without it end it.
        let clear = -1;
        const expected = story.flatMap((word) => {
          if (word === 'new' || (word === 'steady' && clear >= 0)) {
            clear = 0;
            return ['firing'];
          }
          if (clear < 0) return [];
          clear += 1;
          if (clear < 2) return [];
          clear = -1;
          return ['resolved'];
        });
        expect(told.map(({ state }) => state)).to.deep.equal(expected);
        const ended = told.filter(({ state }) => state === 'resolved').map(({ id }) => id);
        expect(new Set(ended).size).to.equal(ended.length);
      }),
      { numRuns: 100 },
    );
  });
});

it('rules forwards all that is no finding as it came', () => {
  const signals: Signal[] = [eventOf('g', 0), blipSignal('a', width), markSignal({ type: 'note', target: 'a', text: 'x' }, width)];
  from<Flow[]>(signals)
    .pipe(
      rules([]),
      toArray(),
      map((out) => out.every((signal, i) => signal === signals[i])),
    )
    .subscribe((same) => expect(same).to.equal(true));
});
