import { expect } from 'chai';
import { readNumber } from '../../../src/memory/series/readNumber.ts';

describe('a value of a line as a number', () => {
  for (const [text, value, kind] of [
    ['12', 12, 'integer'],
    ['-3', -3, 'integer'],
    ['1,204', 1204, 'integer'],
    ['99.5', 99.5, 'decimal'],
    ['42%', 42, 'integer'],
    ['0.8s', 800, 'duration'],
    ['250 ms', 250, 'duration'],
    ['3 minutes', 180_000, 'duration'],
    ['15µs', 0.015, 'duration'],
    ['64 MB', 64 * 1024 ** 2, 'size'],
    ['512KiB', 512 * 1024, 'size'],
  ] as const)
    it(`${text} is ${value}, ${kind}`, () => {
      const found = readNumber(text);
      expect(found?.kind).to.equal(kind);
      expect(found?.value).to.be.closeTo(value, 1e-9);
    });

  for (const text of [
    '',
    'abc',
    '10.0.0.1',
    '1,20',
    '12-13',
    '5 apples',
    '0x1f',
    '1e9',
    '2026-03-14',
    '12345678901234567890',
    '3 constructor',
  ])
    it(`${text === '' ? 'nothing' : text} is none`, () => expect(readNumber(text)).to.equal(null));
});
