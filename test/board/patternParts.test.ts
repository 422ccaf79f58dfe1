import { expect } from 'chai';
import fc from 'fast-check';
import { splitPattern, splitText, type Part } from '../../src/board/patternParts.ts';
import { TemplateIndex } from '../../src/memory/templates/templateIndex.ts';
import { listSlots } from '../../src/memory/templates/slots.ts';
import { makePattern } from '../../src/memory/topics/label.ts';
import type { Slot } from '../../src/signal.ts';

const only = (type: string, value: string): Slot => ({ type, values: [{ value, count: 3 }], distinct: 1 });
const many = (type: string): Slot => ({
  type,
  values: [
    { value: 'a', count: 1 },
    { value: 'b', count: 1 },
  ],
  distinct: 2,
});
const written = (parts: readonly Part[]) => parts.map(({ kind, text }) => (kind === 'text' ? text : `${kind}(${text})`)).join('');

const cases: [name: string, pattern: string, slots: Slot[], parts: string][] = [
  [
    'one value, and a type',
    'Disk failure on dn2, volume <path>',
    [only('host', 'dn2'), many('path')],
    'Disk failure on value(dn2), volume slot(<path>)',
  ],
  ['two of a type', 'from <ip> to <ip>', [many('ip'), many('ip')], 'from slot(<ip>) to slot(<ip>)'],
  ['a value that was seen once is written by its type', 'cost <n> ms', [only('n', '12')], 'cost slot(<n>) ms'],
  ['part of a longer word is no place of it', 'retry10 of 10', [only('n', '10')], 'retry10 of value(10)'],
  ['a constant that reads the same leaves it open', 'node a to a', [only('*', 'a')], 'node a to a'],
  ['what is open does not spoil the others', 'a to a on <path>', [only('*', 'a'), many('path')], 'a to a on slot(<path>)'],
  ['a class of codes has no type and no value', 'GET / 5xx in <n>', [many('code'), many('n')], 'GET / 5xx in slot(<n>)'],
  ['nothing', '', [], ''],
];

describe('splitPattern', () => {
  for (const [name, pattern, slots, parts] of cases)
    it(`tells ${name}`, () => expect(written(splitPattern({ pattern, slots }))).to.equal(parts));

  it('joined again is the pattern, whatever the pattern and its slots (property)', () => {
    const text = fc.stringMatching(/^[ab<>n* ]{0,8}$/);
    const slot = fc.record({
      type: fc.constantFrom('n', '*'),
      values: fc.array(fc.record({ value: text, count: fc.nat() }), { maxLength: 2 }),
      distinct: fc.nat(2),
    });
    fc.assert(
      fc.property(fc.string(), text, fc.array(slot, { maxLength: 4 }), (before, after, slots) => {
        const pattern = `${before}${after}`;
        expect(
          splitPattern({ pattern, slots })
            .map((part) => part.text)
            .join(''),
        ).to.equal(pattern);
      }),
    );
  });

  it('finds the places in patterns as they are learned from lines', () => {
    const index = new TemplateIndex({ group: 'g' });
    for (let i = 0; i < 40; i += 1) index.learn(`Slow write to disk on dn2, cost ${100 + i * 7} ms, volume /data/${i % 9}/x`, i, `e${i}`);
    const [template] = [...index.all()].sort((a, b) => b.count - a.count);
    const parts = splitPattern({ pattern: makePattern(template!), slots: listSlots(template!) });
    expect(parts.filter(({ kind }) => kind === 'slot').map(({ text }) => text)).to.deep.equal(['<n>', '<path>']);
  });
});

describe('splitText', () => {
  it('tells the types in a title', () => {
    expect(written(splitText('Disk failure on dn2, volume <path>, <b>'))).to.equal('Disk failure on dn2, volume slot(<path>), <b>');
    expect(splitText('')).to.deep.equal([{ kind: 'text', text: '' }]);
  });
});
