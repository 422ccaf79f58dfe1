import { expect } from 'chai';
import { toIso, type Json } from '../../../src/event.ts';
import { options, readSettings, type Settings } from '../../../src/findings/rules/options.ts';
import { RuleEngine } from '../../../src/findings/rules/ruleEngine.ts';
import type { Finding, Signal } from '../../../src/signal.ts';
import { blipSignal, eventOf, findingSignal, markSignal, width } from '../../support/blips.ts';

const settings = (...rules: object[]): Settings => readSettings(options.parse({ rules, settle: '0s' }));
const newError = { name: 'new-error', when: { state: 'new', minLevel: 'error' }, severity: 'critical' };
const anySpike = { name: 'any-spike', when: { finding: 'spike' } };
const news = (id: string, end: number) => blipSignal(id, end, { state: 'new', level: 'ERROR' });

/** An engine, and what it hands on: `rule state` of each finding. */
class Played {
  engine: RuleEngine;
  readonly out: Finding[] = [];

  constructor(
    readonly settings: Settings,
    saved?: Json,
  ) {
    this.engine = saved === undefined ? new RuleEngine(settings) : RuleEngine.load(saved, settings);
  }

  take(...signals: Signal[]): this {
    for (const signal of signals) {
      for (let due = this.engine.due(); due !== null && due <= signal.time; due = this.engine.due()) this.tick(due);
      this.engine.take(this.engine.prepare(signal), ({ finding }) => this.out.push(finding));
    }
    return this;
  }

  tick(time: number): void {
    this.engine.tick(time, ({ finding }) => this.out.push(finding));
  }

  get said(): string[] {
    return this.out.splice(0).map(({ rule, state }) => `${rule} ${state}`);
  }

  saved(): Json {
    return JSON.parse(JSON.stringify(this.engine.save())) as Json;
  }
}

describe('the engine of rules', () => {
  it('opens a finding for a pattern that a rule holds for, and clears it by windows that are over', () => {
    const played = new Played(settings(newError)).take(news('a', width));
    expect(played.said).to.deep.equal(['new-error firing']);
    played.take(blipSignal('b', 2 * width), blipSignal('b', 3 * width), blipSignal('b', 4 * width));
    expect(played.said).to.deep.equal(['new-error resolved']);
    expect(played.engine.due()).to.equal(4 * width + 1);
    played.tick(4 * width + 1);
    expect(played.engine.due()).to.equal(null);
  });

  it('hands on a finding of an operator before it once, and asks rules about it', () => {
    const played = new Played(settings(anySpike)).take(findingSignal('s', 10));
    expect(played.said).to.deep.equal(['spike firing', 'any-spike firing']);
  });

  it('says how a spike stands to what may open by chance, and asks no rule about what is beyond it', () => {
    const spike = (bits: number, n: number): Signal => {
      const result = { chance_bits: bits, start: toIso((n - 1) * width), end: toIso(n * width) };
      return findingSignal('s', n * width, { since: toIso(width), result });
    };
    const played = new Played(settings(anySpike)).take(spike(8, 1));
    expect(played.said).to.deep.equal(['spike firing']);
    expect(played.out).to.deep.equal([]);
    played.take(spike(30, 2));
    expect(played.said).to.deep.equal(['spike firing', 'any-spike firing']);
  });

  it('knows the newest time, and a mark of later does not move it', () => {
    const played = new Played(settings(newError)).take(news('a', width));
    played.engine.take(markSignal({ type: 'note' }, 100 * width), () => {});
    expect((played.saved() as { now: number }).now).to.equal(width);
  });

  it('ends what people have called usual', () => {
    const played = new Played(settings(newError)).take(news('a', width));
    played.take(markSignal({ type: 'useless', target: 'a', as_usual: ['a'] }, width));
    expect(played.said).to.deep.equal(['new-error firing', 'new-error resolved']);
  });

  it('looks at no partial window', () => {
    expect(new Played(settings(newError)).take(blipSignal('a', width, { state: 'new', level: 'ERROR', partial: true })).said).to.deep.equal(
      [],
    );
  });

  it('closes the last window at the end of the input', () => {
    const played = new Played(settings(newError)).take(news('a', width), blipSignal('b', 2 * width), blipSignal('b', 3 * width));
    expect(played.said).to.deep.equal(['new-error firing']);
    played.engine.end(({ finding }) => played.out.push(finding));
    expect(played.said).to.deep.equal(['new-error resolved']);
  });
});

describe('an engine of rules that is saved', () => {
  const first = [eventOf('g', 1), news('a', width), findingSignal('s', width)];
  const rest = [2, 3, 4].flatMap((n) => [eventOf('g', n * width - 1), blipSignal('b', n * width)]);

  it('goes on as if it had never been', () => {
    const whole = new Played(settings(newError, anySpike)).take(...first);
    const restored = new Played(settings(newError, anySpike), whole.saved());
    whole.out.length = 0;
    expect(restored.take(...rest).out).to.deep.equal(whole.take(...rest).out);
    expect(restored.saved()).to.deep.equal(whole.saved());
  });

  it('looks again at a silence that was only shown, when its group is known for a day', () => {
    const minute = 60_000;
    const quiet = settings({ name: 'went-quiet', when: { noData: true }, for: '10m' });
    const busy = Array.from({ length: 60 }, (_, n) => eventOf('busy', n * minute));
    const late = Array.from({ length: 60 }, (_, n) => eventOf('late', (60 + n) * minute));
    const played = new Played(quiet).take(...busy, ...late, eventOf('busy', 150 * minute));
    expect(played.out.splice(0).map(({ group_id: group, severity }) => [group, severity])).to.deep.equal([
      ['busy', 'warning'],
      ['late', 'info'],
    ]);
    const restored = new Played(quiet, played.saved());
    const day = 24 * 60 * minute;
    restored.take(eventOf('busy', 60 * minute + day + 11 * minute));
    expect(restored.out.filter(({ group_id: group }) => group === 'late').map(({ severity }) => severity)).to.deep.equal(['warning']);
  });

  it('asks a rule that is new from now on, and not about what was so before', () => {
    const saved = new Played(settings(newError)).take(findingSignal('s', width)).saved();
    const restored = new Played(settings(newError, anySpike), saved);
    expect(restored.take(findingSignal('s', width + 1)).said).to.deep.equal(['spike firing']);
    expect(restored.take(findingSignal('t', width + 2)).said).to.deep.equal(['spike firing', 'any-spike firing']);
  });

  it('ends the findings of a rule that is gone', () => {
    const saved = new Played(settings(newError)).take(news('a', width)).saved();
    const restored = new Played(settings(anySpike), saved);
    restored.take(blipSignal('b', 2 * width));
    expect(restored.said).to.deep.equal(['new-error resolved']);
  });

  it('takes what older releases did not save for nothing', () => {
    const optional = ['jobs', 'expected', 'rules', 'before', 'settling', 'unread', 'budgets', 'floods'];
    const saved = new Played(settings(newError)).take(news('a', width)).saved() as Record<string, Json>;
    const old = Object.fromEntries(Object.entries(saved).filter(([key]) => !optional.includes(key)));
    const restored = new Played(settings(newError), old);
    expect(restored.saved()).to.have.all.keys(Object.keys(saved));
    restored.take(...rest);
    expect(restored.said).to.deep.equal(['new-error resolved']);
  });
});
