import { expect } from 'chai';
import { from, toArray } from 'rxjs';
import { rules } from '../../../../operators/rules.ts';
import { toIso } from '../../../../src/event.ts';
import { parseFrequency } from '../../../../config/scalars.ts';
import type { Flow } from '../../../../src/kernel/defineOperator.ts';
import type { Blip, FindingSignal, RuleFinding, Signal } from '../../../../src/signal.ts';
import { blipSignal, width } from '../../../support/blips.ts';

type Options = Parameters<typeof rules>[0];
const bounded: Options = {
  falseAlarms: '1/week',
  rules: [
    { name: 'new-error', when: { state: ['new', 'returning'], minLevel: 'error' }, severity: 'critical' },
    { name: 'errors-rising', when: { state: 'rising', minLevel: 'error' } },
  ],
};

function findings(signals: readonly Signal[], options: Options = bounded): RuleFinding[] {
  let out: Flow[] = [];
  from<Flow[]>([...signals])
    .pipe(rules(options), toArray())
    .subscribe((all) => (out = all));
  return out
    .filter((s): s is FindingSignal => s.kind === 'finding')
    .map(({ finding }) => finding)
    .filter((finding) => finding.type === 'rule');
}
const error = (id: string, n: number, more: Partial<Blip> = {}, bits = 5) => blipSignal(id, n * width, { level: 'ERROR', ...more }, bits);

describe('rules with a budget of false alarms', () => {
  it('tell of what chance brings rarely enough, and say so', () => {
    const week = Math.log2(2016);
    expect(findings([error('a', 1, { state: 'rising' }, week - 4)])).to.deep.equal([]);
    const [told] = findings([error('a', 1, { state: 'rising' }, week)]);
    expect(told!.result.false_alarms).to.include({ allowed: '1/week', opened: 1, uncalibrated: true });
  });

  it('hold what rises to one a week where nobody asked, and nothing else', () => {
    const unasked: Options = [{ name: 'any', when: { state: ['rising', 'falling', 'gone', 'new'] } }];
    const told = (state: Blip['state'], bits: number) => findings([error('a', 1, { state }, bits)], unasked);
    expect(told('rising', 2)).to.deep.equal([]);
    expect(told('rising', 12)[0]!.result.false_alarms).to.include({ allowed: '1/week', opened: 1 });
    for (const state of ['falling', 'gone', 'new'] as const) {
      expect(told(state, 1)).to.have.lengthOf(1);
      expect(told(state, 1)[0]!.result).to.not.have.property('false_alarms');
    }
    const many = Array.from({ length: 9 }, (_, i) => error(`e${i}`, 1, { state: 'new' }));
    expect(findings(many, unasked)).to.have.lengthOf(9);
  });

  it('take what the memory says of chance over what it scores: a regime that changes is no false alarm', () => {
    const rises = (chance: number) => error('a', 1, { state: 'rising', why: { chance_bits: chance } }, 8);
    expect([findings([rises(8)]).length, findings([rises(20)]).length]).to.deep.equal([0, 1]);
  });

  it('hold no alert: that it fires is somebody else`s decision', () => {
    const event = { id: 'am-1', timestamp: toIso(1000), source: 'am', group_id: 'g', text: 'DiskFull', metadata: {} };
    const metadata = { level: 'ERROR', alert: 'DiskFull', status: 'firing' };
    const word: Signal = { kind: 'event', time: 1000, key: 'g', event: { ...event, metadata } };
    const rising = error('a', 1, { state: 'rising', exemplars: [{ event_id: 'am-1', timestamp: toIso(1000), text: 'DiskFull' }] }, 1);
    expect(findings([word, rising])).to.have.lengthOf(1);
    expect(findings([rising])).to.deep.equal([]);
  });

  it('tell of every error that is new or back, whatever is known of its group', () => {
    const wild = Array.from({ length: 400 }, (_, i) => error('a', i + 1, {}, 30));
    const told = findings([...wild, error('b', 401, { state: 'new' }, 0), error('c', 401, { state: 'returning' }, 0)]);
    expect(told.filter(({ state }) => state === 'firing').map(({ title }) => title)).to.deep.equal(['label b', 'label c']);
    expect(told[0]!.result.false_alarms).to.include({ needed_bits: null });
  });

  it('tell of many new errors of a group together, by name, for as long as any of them goes on', () => {
    const ids = Array.from({ length: 9 }, (_, i) => `e${i}`);
    const flood = ids.map((id) => error(id, 1, { state: 'new' }));
    const later = [error('e8', 2, { count: 4 }), error('e8', 3, { count: 4 }), ...[4, 5, 6, 7].map((n) => blipSignal('calm', n * width))];
    const told = findings([...flood, ...later]);
    const opened = new Map(told.map((one) => [one.id, one]));
    expect(opened.size).to.equal(6);
    const many = told.filter(({ title }) => title.includes('more errors'));
    expect(many.map(({ state, title }) => `${state}: ${title}`)).to.deep.equal([
      ...[1, 2, 3, 4].map((n) => `firing: ${n} more errors that are new or back`),
      'resolved: 4 more errors that are new or back',
    ]);
    expect(many.at(-1)!.result.flood).to.deep.equal([
      ...['e5', 'e6', 'e7'].map((id) => ({ template_id: id, title: `label ${id}`, count: 10 })),
      { template_id: 'e8', title: 'label e8', count: 18 },
    ]);
    expect(many.at(-1)!.updated > new Date(4 * width).toISOString()).to.equal(true);
  });

  it('may have one of their own', () => {
    const own: Options = [
      { name: 'loud', when: { state: 'rising' }, falseAlarms: '12/hour' },
      { name: 'any', when: { state: 'falling' } },
    ];
    expect(findings([error('a', 1, { state: 'rising' }, 1)], own)).to.have.lengthOf(1);
    expect(findings([error('a', 1, { state: 'falling' }, 0)], own)[0]!.result).to.not.have.property('false_alarms');
  });

  it('are refused where the rate is none, or the rule is not about patterns', () => {
    const check = (given: unknown) => rules.spec.options.safeParse(given);
    expect(JSON.stringify(check([{ name: 'a', when: { state: 'new' }, falseAlarms: 'often' }]).error)).to.include('1/week or 3/day');
    expect(JSON.stringify(check([{ name: 'a', when: { noData: true }, for: '5m', falseAlarms: '1/week' }]).error)).to.include(
      'only rules about patterns',
    );
  });
});

describe('how often', () => {
  it('is written as so many in a length of time', () => {
    expect(['1/week', '3/day', '2/12h', '0.5/month', ' 1 / hour '].map(parseFrequency)).to.deep.equal([
      { times: 1, period: 604_800_000 },
      { times: 3, period: 86_400_000 },
      { times: 2, period: 43_200_000 },
      { times: 0.5, period: 2_592_000_000 },
      { times: 1, period: 3_600_000 },
    ]);
    expect(['often', '1', '/week', '0/week', '1/fortnight', '1/0s', '-1/day'].map(parseFrequency)).to.deep.equal(Array(7).fill(null));
  });
});
