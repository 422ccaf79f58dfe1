import { expect } from 'chai';
import { startFinding, type FindingKind } from '../../../src/findings/rules/openFinding.ts';
import { OpenFindings } from '../../../src/findings/rules/openFindings.ts';
import { options, readSettings } from '../../../src/findings/rules/options.ts';

const settings = readSettings(
  options.parse({
    rules: [
      { name: 'soft', when: { state: 'new' }, for: '10ms' },
      { name: 'grave', when: { state: 'new' }, severity: 'critical', for: '30ms' },
    ],
    clearAfter: 2,
    repeatInterval: '100ms',
    maxFindings: 2,
  }),
);
const [soft, grave] = [settings.rules[0]!, settings.rules[1]!];

describe('the open findings of rules', () => {
  let said: string[];
  let open: OpenFindings;
  const make = (rules = settings.rules) =>
    new OpenFindings({ ...settings, rules }, ({ rule, state, severity }, now) => void said.push(`${now} ${rule} ${severity} ${state}`));
  const begin = (subject: string, kind: FindingKind = 'pattern') => {
    const given = { subject, period: 0, kind, group: 'g', topic: null, title: subject, since: 0, result: {} };
    const one = startFinding(soft, given);
    open.open(one);
    return one;
  };
  const heard = () => said.splice(0);

  beforeEach(() => {
    said = [];
    open = make();
  });

  it('wait as long as their rule says, and fire once', () => {
    const one = begin('a');
    for (const now of [0, 9, 10, 11]) open.holds(one, [soft], now, { news: false });
    expect(heard()).to.deep.equal(['0 soft warning pending', '10 soft warning firing']);
  });

  it('are told with news in between, and become graver but never less grave', () => {
    const one = begin('a');
    for (const now of [10, 30, 31]) open.holds(one, [soft, grave], now, { news: now === 31 });
    open.holds(one, [soft], 32, { news: true });
    expect(heard()).to.deep.equal([
      '10 soft warning firing',
      '30 grave critical firing',
      '31 grave critical firing',
      '32 grave critical firing',
    ]);
  });

  it('count the wait of a rule anew when it has not held in between', () => {
    const one = begin('a');
    open.holds(one, [soft], 0, { news: false });
    open.holds(one, [], 5, { news: false });
    open.holds(one, [soft], 8, { news: false });
    open.holds(one, [soft], 12, { news: false });
    expect(heard()).to.deep.equal(['0 soft warning pending']);
    open.holds(one, [soft], 18, { news: false });
    expect(heard()).to.deep.equal(['18 soft warning firing']);
  });

  it('do not wait where a silence or what was due is late already', () => {
    for (const kind of ['quiet', 'job'] as const) open.holds(begin('a', kind), [soft], 0, { news: false });
    expect(heard()).to.deep.equal(['0 soft warning firing', '0 soft warning firing']);
  });

  it('are over after enough clear looks in a row, a pending one at once', () => {
    const pending = begin('a');
    open.clears(pending, 1);
    const one = begin('b');
    open.holds(one, [soft], 10, { news: false });
    open.clears(one, 20);
    open.holds(one, [soft], 30, { news: false });
    open.clears(one, 40);
    expect(open.get('pattern', 'b')).to.equal(one);
    open.clears(one, 50);
    expect([open.get('pattern', 'a'), open.get('pattern', 'b')]).to.deep.equal([undefined, undefined]);
    expect(heard()).to.deep.equal(['1 soft warning resolved', '10 soft warning firing', '50 soft warning resolved']);
  });

  it('are told again when they have fired for as long as is asked, pending ones never', () => {
    const one = begin('a');
    open.holds(begin('b'), [soft], 0, { news: false });
    open.holds(one, [soft], 10, { news: false });
    heard();
    for (const now of [109, 110, 111, 210]) open.repeat(now);
    expect(heard()).to.deep.equal(['110 soft warning firing', '210 soft warning firing']);
    expect(open.finding(one, 211).result).to.include({ repeats: 2 });
  });

  it('are no more than are allowed, and those beyond are counted', () => {
    for (const subject of ['a', 'b', 'c']) begin(subject);
    expect([open.all.size, open.overflow]).to.deep.equal([2, 1]);
  });

  it('trouble their group only from before the time that is asked, and only as patterns', () => {
    begin('a', 'quiet');
    expect(open.isTroubled('g', 9)).to.equal(false);
    begin('b');
    expect([open.isTroubled('g', 1), open.isTroubled('g', 0), open.isTroubled('h', 1)]).to.deep.equal([true, false, false]);
  });

  it('go on after a restart under a rule that is still there, and end where none is', () => {
    open.holds(begin('a'), [soft, grave], 0, { news: false });
    open.holds(begin('b'), [soft], 0, { news: false });
    const saved = JSON.parse(JSON.stringify(open.save()));
    heard();
    open = make([grave]);
    open.load(saved, () => false);
    expect([...open.all.values()].map(({ subject, rule, ended }) => [subject, rule, ended])).to.deep.equal([
      ['a', 'grave', undefined],
      ['b', 'soft', 'rule removed'],
    ]);
    open.endRemoved(5);
    open.endRemoved(6);
    expect(heard()).to.deep.equal(['5 soft warning resolved']);
  });

  it('are to be asked again after a restart where their rule holds for something else now', () => {
    begin('a');
    const saved = open.save();
    open = make();
    open.load(saved, (rule) => rule === 'soft');
    expect(open.get('pattern', 'a')).to.include({ recheck: true, severity: 'warning' });
  });
});
