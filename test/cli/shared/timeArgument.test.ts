import { expect } from 'chai';
import { timeArgument } from '../../../src/cli/shared/timeArgument.ts';
import { CaducusError } from '../../../src/errors.ts';

const now = Date.UTC(2026, 2, 14, 3, 5);
const read = (text: string) => new Date(timeArgument(text, '--since', now)).toISOString();

describe('a time on the command line', () => {
  const cases: [text: string, time: string][] = [
    ['2026-03-14T02:00:00Z', '2026-03-14T02:00:00.000Z'],
    ['2026-03-14T02:00', '2026-03-14T02:00:00.000Z'],
    ['2026-03-14T02:00+01:00', '2026-03-14T01:00:00.000Z'],
    ['2026-03-14', '2026-03-14T00:00:00.000Z'],
    ['03:05Z', '2026-03-14T03:05:00.000Z'],
    ['03:06Z', '2026-03-13T03:06:00.000Z'],
    ['23:59:30', '2026-03-13T23:59:30.000Z'],
    ['-1h', '2026-03-14T02:05:00.000Z'],
    ['+1h 30m', '2026-03-14T04:35:00.000Z'],
  ];
  for (const [text, time] of cases) it(`${text} is ${time}`, () => expect(read(text)).to.equal(time));

  for (const text of ['', 'soon', '25:00', '12:60', '1773446400', '-', '2026-13-40'])
    it(`"${text}" is none, and the flag is named`, () => expect(() => read(text)).to.throw(CaducusError, '--since'));
});
