import { expect } from 'chai';
import { compileChecks } from '../../../src/findings/rules/checks.ts';
import { options, readSettings, type When } from '../../../src/findings/rules/options.ts';
import type { Blip } from '../../../src/signal.ts';
import { blipSignal } from '../../support/blips.ts';

const compile = (when: When) => compileChecks(readSettings(options.parse([{ name: 'r', when }])).rules[0]!.when);
const blip = (more: Partial<Blip> = {}): Blip =>
  blipSignal('a', 300_000, { state: 'rising', level: 'WARN', score: 47, count: 12, ...more }).blip;
const written = (when: When, one: Blip) =>
  compile(when).map(({ name, value, wanted, holds }) => `${name} ${value(one)} ${wanted} ${holds(one)}`);

describe('the conditions of a rule', () => {
  it('say each what was asked and what was there', () => {
    expect(written({ state: ['new', 'returning'], minLevel: 'ERROR', minScore: 40, minCount: 20, group: '^g$' }, blip())).to.deep.equal([
      'min_score 47 40 true',
      'min_count 12 20 false',
      'state rising new or returning false',
      'warmup over over true',
      'min_level warn error false',
      'group g ^g$ true',
    ]);
  });

  it('hold back what is new while its group is learned', () => {
    const learning = blip({ state: 'new', why: { learning: { learned_ms: 1, warmup_ms: 2 } } });
    expect(written({ state: 'new' }, learning)).to.deep.equal(['state new new true', 'warmup learning over false']);
    expect(written({ state: 'rising' }, blip({ ...learning, state: 'rising' })).at(-1)).to.equal('warmup over over true');
  });

  it('find a text in the label or in a line that was kept', () => {
    const one = blip({ exemplars: [{ event_id: '1', timestamp: '', text: 'disk failure on dn2' }] });
    expect(compile({ pattern: 'dn2' })[0]!.holds(one)).to.equal(true);
    expect(compile({ pattern: 'dn3' })[0]!.holds(one)).to.equal(false);
  });
});
