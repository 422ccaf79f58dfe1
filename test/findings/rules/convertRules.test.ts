import { expect } from 'chai';
import { rules } from '../../../operators/rules.ts';
import { joinRules, rewindowRules } from '../../../src/findings/rules/convertRules.ts';
import { options as rulesOptions, readSettings } from '../../../src/findings/rules/options.ts';
import { toIso, type Json } from '../../../src/event.ts';
import type { Blip, Finding, Signal } from '../../../src/signal.ts';
import { blipSignal, eventOf, findingSignal, width } from '../../support/blips.ts';

type Options = Parameters<typeof rules>[0];

const newError: Options = [{ name: 'new-error', when: { state: 'new', minLevel: 'error' }, severity: 'critical' }];
const minute = 60_000;

const parse = (options: Options) => rules.spec.options.parse(options);

/** What rules say of these signals that go on from a saved state, and the state afterwards. */
function play(options: Options, signals: readonly Signal[], saved?: Json): { findings: Finding[]; saved: Json } {
  const machine = rules.spec.machine(parse(options));
  const state = saved === undefined ? machine.start('') : machine.load!(structuredClone(saved));
  const findings: Finding[] = [];
  const emit = (signal: object): void => void ('finding' in signal && findings.push((signal as { finding: Finding }).finding));
  for (const signal of signals) {
    for (let due = machine.due!(state); due !== null && due <= signal.time; due = machine.due!(state)) machine.tick!(state, due, emit);
    machine.step(state, signal, emit);
  }
  return { findings, saved: machine.save!(state) };
}

const error = (end: number, more: Partial<Blip> = {}) =>
  blipSignal('a', end * width, { level: 'ERROR', first_seen: toIso(width - minute), ...more });
const calm = (end: number) => blipSignal('other', end * width);
const told = (findings: readonly Finding[]) => findings.map(({ state, rule }) => `${rule} ${state}`);
const join = (options: Options, time: number) => joinRules(readSettings(rulesOptions.parse(options)), time);

describe('rules that were changed', () => {
  const open = play(newError, [error(1, { state: 'new' }), error(2)]).saved;

  it('keep what is open, and its id, where only severity and patience were changed', () => {
    const before = play(newError, [error(1, { state: 'new' })]).findings[0]!;
    const changed: Options = [{ name: 'new-error', when: { state: 'new', minLevel: 'error' }, severity: 'warning', for: '1m' }];
    const { findings } = play(changed, [error(3), error(4)], open);
    expect(new Set(findings.map(({ id }) => id))).to.deep.equal(new Set([before.id]));
    expect(told(findings)).to.deep.equal(['new-error firing', 'new-error firing']);
    expect(findings.at(-1)!.severity).to.equal('critical');
  });

  it('resolve by two clear looks what the rule would not find any more, although it goes on', () => {
    const fatal: Options = [{ name: 'new-error', when: { state: 'new', minLevel: 'fatal' } }];
    const { findings } = play(fatal, [error(3), error(4), error(5), calm(6)], open);
    expect(told(findings)).to.deep.equal(['new-error resolved']);
  });

  it('go on with what the rule as it is now would find too', () => {
    const wider: Options = [{ name: 'new-error', when: { state: ['new', 'rising'], minLevel: 'warn' } }];
    const { findings } = play(wider, [error(3), error(4), error(5), calm(6)], open);
    expect(told(findings)).to.deep.equal(['new-error firing', 'new-error firing', 'new-error firing']);
  });

  it('resolve what a rule found that is gone, and say so', () => {
    const { findings } = play([{ name: 'other', when: { state: 'gone' } }], [error(3), error(4)], open);
    expect(told(findings)).to.deep.equal(['new-error resolved']);
    expect(findings[0]!.result).to.include({ ended: 'rule removed' });
  });

  it('hand on to another rule of those that hold for it', () => {
    const both: Options = [...newError, { name: 'loud', when: { minLevel: 'error' } }];
    const { saved } = play(both, [error(1, { state: 'new' }), error(2, { state: 'new' })]);
    const { findings } = play([{ name: 'loud', when: { minLevel: 'error' } }], [error(3)], saved);
    expect(told(findings)).to.deep.equal(['loud firing']);
  });

  it('say nothing of what was so before a rule was added, until it has been over once', () => {
    const { saved } = play([{ name: 'none', when: { state: 'gone' } }], [error(1), error(2)]);
    const added: Options = [{ name: 'any-error', when: { minLevel: 'error' } }];
    const before = play(added, [error(3), error(4)], saved);
    expect(told(before.findings)).to.deep.equal([]);
    const after = play(added, [calm(5), error(6)], before.saved);
    expect(told(after.findings)).to.deep.equal(['any-error firing']);
  });

  it('say at once what came after a rule was added', () => {
    const { saved } = play([{ name: 'none', when: { state: 'gone' } }], [error(1), error(2)]);
    const later = blipSignal('b', 3 * width, { level: 'ERROR', first_seen: toIso(2 * width + minute) });
    expect(told(play([{ name: 'any-error', when: { minLevel: 'error' } }], [error(3), later], saved).findings)).to.deep.equal([
      'any-error firing',
    ]);
  });

  it('that join a pipeline which has run say nothing of what was there either', () => {
    const added: Options = [{ name: 'any-error', when: { minLevel: 'error' } }];
    expect(told(play(added, [error(3), error(4)], join(added, 2 * width)).findings)).to.deep.equal([]);
  });

  it('say nothing of groups that had been silent for too long, until they have spoken and are silent again', () => {
    const events = Array.from({ length: 10 }, (_, n) => eventOf('g', n * 10_000));
    const { saved } = play([{ name: 'q', when: { noData: true }, for: '1h' }], [...events, eventOf('h', 600_000)]);
    const added: Options = [{ name: 'soon', when: { noData: true }, for: '5m' }];
    const still = play(added, [eventOf('h', 700_000), eventOf('h', 900_000)], saved);
    expect(told(still.findings)).to.deep.equal([]);
    // That silence was long for it: the next is one when it is longer still.
    const again = play(added, [eventOf('g', 910_000), eventOf('h', 3_000_000)], still.saved);
    expect(told(again.findings).filter((one) => one.startsWith('soon'))).to.include('soon firing');
  });

  it('say nothing of findings that were open', () => {
    const { saved } = play([], [findingSignal('f', 1000)]);
    const added: Options = [{ name: 'escalates', when: { finding: 'spike' }, severity: 'critical' }];
    expect(told(play(added, [findingSignal('f', 2000)], saved).findings)).to.not.include('escalates firing');
    expect(told(play(added, [findingSignal('new', 2000)], saved).findings)).to.include('escalates firing');
  });
});

describe('rules behind windows of another length', () => {
  it('keep findings and ids, and clear them by windows of the new length', () => {
    const { saved, findings: before } = play(newError, [error(1, { state: 'new' }), error(2), calm(3)]);
    const longer = 3 * width;
    const wide = (id: string, end: number) =>
      blipSignal(id, end, {
        level: id === 'a' ? 'ERROR' : 'INFO',
        count: 30,
        start: toIso(end - longer),
        end: toIso(end),
        first_seen: toIso(0),
      });
    const behind = rewindowRules(saved, parse(newError), 3);
    const { findings } = play(
      newError,
      [wide('a', 2 * longer), wide('other', 3 * longer), wide('other', 4 * longer), wide('other', 5 * longer)],
      behind,
    );
    expect(new Set([...before, ...findings].map(({ id }) => id)).size).to.equal(1);
    expect(told(findings)).to.deep.equal(['new-error firing', 'new-error resolved']);
    expect(Date.parse(findings.at(-1)!.updated)).to.be.above(4 * longer - 1);
  });
});
