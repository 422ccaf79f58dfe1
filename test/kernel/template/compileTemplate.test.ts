import { expect } from 'chai';
import type { JsonObject } from '../../../src/event.ts';
import { compileTemplate } from '../../../src/kernel/template/compileTemplate.ts';
import { eventSignal } from '../../../src/testing.ts';

const fill = (template: string, metadata: JsonObject = {}) =>
  compileTemplate(template)(eventSignal('hello', 0, { source: 'web', metadata }).event);

describe('a template', () => {
  it('is filled from the event, then from its metadata; what stands outside braces stays', () => {
    expect(fill('{source}:{ component }-x', { component: 'db', source: 'other' })).to.equal('web:db-x');
    expect(fill('plain')).to.equal('plain');
  });

  it('takes dotted paths, and names that have a dot in them', () => {
    expect(fill('{metadata.a.b}', { a: { b: 1 } })).to.equal('1');
    expect(fill('{a.b}', { a: { b: true } })).to.equal('true');
  });

  it('says which field is missing: not there, empty, null or no single value', () => {
    for (const metadata of [{}, { c: '' }, { c: null }, { c: {} }, { c: [1] }] as JsonObject[])
      expect(fill('{source}:{c}', metadata)).to.deep.equal({ missing: 'c' });
  });

  it('finds no inherited names', () => expect(fill('{constructor}')).to.deep.equal({ missing: 'constructor' }));

  for (const [template, says] of [
    ['{a', 'a { without its }'],
    ['a}', 'a } without its {'],
    ['{}', 'braces without a field name'],
    ['{a{b}}', 'braces without a field name'],
  ] as const)
    it(`${template} is refused: ${says}`, () => expect(() => compileTemplate(template)).to.throw(RangeError, says));
});
