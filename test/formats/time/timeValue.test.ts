import { expect } from 'chai';
import { StampClock } from '../../../src/formats/time/stampClock.ts';
import { timeValue } from '../../../src/formats/time/timeValue.ts';

const read = (value: unknown) => timeValue(value, new StampClock({ timeZone: 'UTC', dayFirst: false }, Date.UTC(2024, 6, 1)));
const at = Date.UTC(2024, 5, 3, 10);

describe('a field that holds a time', () => {
  const times: [value: unknown, ms: number][] = [
    ['2024-06-03T10:00:00Z', at],
    [' 2024-06-03 10:00:00 ', at],
    ['[2024-06-03 10:00:00]', at],
    [at / 1000, at],
    [`${at}`, at],
    [`${at / 1000}.5`, at + 500],
    ['20240603', Date.UTC(2024, 5, 3)],
    ['20240603100000', at],
    [`/Date(${at})/`, at],
    [`/Date(${at}+0200)/`, at],
    [{ $date: '2024-06-03T10:00:00Z' }, at],
    [{ $date: { $numberLong: String(at) } }, at],
    [{ epochSecond: at / 1000, nanoOfSecond: 123_999_999 }, at + 123],
    [{ seconds: String(at / 1000), nanos: 0 }, at],
    [[2024, 6, 3, 10, 0], at],
    [[2024, 6, 3, 10, 0, 5, 250_000_000], at + 5250],
  ];
  for (const [value, ms] of times) it(JSON.stringify(value), () => expect(read(value)).to.equal(ms));

  const none: unknown[] = [
    'soon',
    '17174',
    -1,
    null,
    true,
    {},
    { seconds: 0 },
    { seconds: at / 1000, nanos: 1e9 },
    [2024, 6, 3, 10],
    [2024, 13, 3, 10, 0],
    [2024, 6, 3, 24, 0],
    [1969, 6, 3, 10, 0],
    ['2024', 6, 3, 10, 0],
  ];
  for (const value of none) it(`${JSON.stringify(value)} is none`, () => expect(read(value)).to.be.NaN);
});
