import { expect } from 'chai';
import { CaducusError } from '../../../src/errors.ts';
import { makePattern } from '../../../src/memory/topics/label.ts';
import { TemplateIndex } from '../../../src/memory/templates/templateIndex.ts';
import { tokenRules } from '../../../src/memory/scan/tokenRules.ts';

describe('tokenRules', () => {
  it('matches whole tokens', () => {
    const test = tokenRules(['order-[a-z]+', '404'], 'memory.mask')!;
    expect(['order-abc', '404', 'order-abc1', '4040'].map(test)).to.deep.equal([true, true, false, false]);
  });

  it('is nothing without patterns', () => expect(tokenRules([], 'memory.mask')).to.equal(undefined));

  it('names the pattern that cannot be compiled', () => {
    expect(() => tokenRules(['ok', '(['], 'memory.mask')).to.throw(CaducusError, /CAD013 memory\.mask\[1\]/);
    expect(() => tokenRules(['x'.repeat(501)], 'memory.keep')).to.throw(CaducusError, /memory\.keep\[0\]/);
  });

  it('answers a pattern that would hang a backtracking engine', () => {
    const test = tokenRules(['(a+)+$'], 'memory.mask')!;
    expect(test(`${'a'.repeat(5000)}!`)).to.equal(false);
  });

  it('masks and keeps what it is told', () => {
    const index = new TemplateIndex({ group: 'g', mask: tokenRules(['order-[a-z]+'], 'm'), keep: tokenRules(['40[0-9]'], 'k') });
    for (const line of ['order-abc gave 404', 'order-xyz gave 404', 'order-xyz gave 403']) index.learn(line, 0, line);
    expect(Array.from(index.all(), makePattern)).to.deep.equal(['<*> gave 404', '<*> gave 403']);
  });
});
