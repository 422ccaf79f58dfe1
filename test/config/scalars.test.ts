import { expect } from 'chai';
import fc from 'fast-check';
import { byteSize, duration, fieldAt, fieldPath, parseDuration, parseSize, signalKind } from '../../config/scalars.ts';

describe('a length of time', () => {
  const written: [text: string, ms: number | null][] = [
    ['5m', 300_000],
    ['1h 30m', 5_400_000],
    ['1h30m', 5_400_000],
    [' 250ms ', 250],
    ['1.5s', 1500],
    ['2w', 1_209_600_000],
    ['', null],
    ['5', null],
    ['5 minutes', null],
    ['m5', null],
    ['5m x', null],
    ['-5m', null],
  ];
  for (const [text, ms] of written) it(`${JSON.stringify(text)} is ${ms ?? 'none'}`, () => expect(parseDuration(text)).to.equal(ms));

  it('may be a number of milliseconds, which is not negative and not endless', () => {
    expect(duration.parse(7)).to.equal(7);
    for (const wrong of [-1, Number.NaN, Number.POSITIVE_INFINITY, '1y', null]) expect(duration.safeParse(wrong).success).to.equal(false);
  });

  it('is the sum of its parts, whatever they are', () => {
    const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
    const part = fc.tuple(fc.nat(99), fc.constantFrom(...(Object.keys(units) as (keyof typeof units)[])));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        const sum = parts.reduce((all, [n, unit]) => all + n * units[unit], 0);
        expect(parseDuration(parts.map(([n, unit]) => `${n}${unit}`).join(' '))).to.equal(sum);
      }),
    );
  });
});

describe('a size', () => {
  const written: [text: string, bytes: number | null][] = [
    ['5GiB', 5 * 2 ** 30],
    ['200 MB', 200e6],
    ['1.5 kib', 1536],
    ['7', 7],
    ['7b', 7],
    ['', null],
    ['5 gigs', null],
    ['-1MB', null],
  ];
  for (const [text, bytes] of written) it(`${JSON.stringify(text)} is ${bytes ?? 'none'}`, () => expect(parseSize(text)).to.equal(bytes));

  it('may be a number of bytes', () => {
    expect(byteSize.parse(1024)).to.equal(1024);
    expect(byteSize.safeParse(-1).success).to.equal(false);
  });
});

describe('a field path', () => {
  it('leads to a value by own names only', () => {
    const record = { a: { b: 1, n: null }, text: 'x' };
    expect(['a.b', 'a.n', 'a.n.c', 'text.length', 'a.toString', 'b'].map((path) => fieldAt(record, path))).to.deep.equal([
      1,
      null,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(fieldAt(JSON.parse('{"__proto__":{"x":1}}'), '__proto__.x')).to.equal(1);
  });

  it('has names with single dots between them', () => {
    for (const right of ['a', 'metadata.spend', 'a-b.c_d']) expect(fieldPath.safeParse(right).success, right).to.equal(true);
    for (const wrong of ['', '.a', 'a.', 'a..b', 'a b']) expect(fieldPath.safeParse(wrong).success, wrong).to.equal(false);
  });
});

describe('a kind of signal', () => {
  it("is a word, one's own too", () => {
    for (const right of ['event', 'radar', 'slowest', 'my_kind-2']) expect(signalKind.safeParse(right).success, right).to.equal(true);
    for (const wrong of ['', 'a b', '2nd', 7, null]) expect(signalKind.safeParse(wrong).success, String(wrong)).to.equal(false);
  });
});
