import { expect } from 'chai';
import { isTransient, retryAfter } from '../../src/base/retryAfter.ts';

const now = Date.UTC(2026, 2, 14);

describe('retryAfter', () => {
  const rows: [header: string | null, wait: number | null][] = [
    [null, null],
    ['120', 120_000],
    [' 1.5 ', 1_500],
    ['Sat, 14 Mar 2026 00:00:07 GMT', 7_000],
    ['Fri, 13 Mar 2026 00:00:00 GMT', 0],
    ['99999999', 3_600_000],
    ['soon', null],
  ];
  for (const [header, wait] of rows) it(`${header} asks for ${wait} ms`, () => expect(retryAfter(header, now, 3_600_000)).to.equal(wait));

  it('the same request may succeed after a time-out, a limit or a failure of the server', () => {
    expect([408, 425, 429, 500, 503].every(isTransient)).to.equal(true);
    expect([200, 301, 400, 401, 404].some(isTransient)).to.equal(false);
  });
});
