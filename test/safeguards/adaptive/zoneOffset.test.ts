import { expect } from 'chai';
import { zoneOffset } from '../../../src/safeguards/adaptive/zoneOffset.ts';

const hour = 3_600_000;

describe('zoneOffset', () => {
  const table: [zone: string, at: string, hours: number][] = [
    ['UTC', '2026-07-01T12:00:00Z', 0],
    ['Europe/Berlin', '2026-01-15T12:00:00Z', 1],
    ['Europe/Berlin', '2026-07-15T12:00:00Z', 2],
    ['Europe/Berlin', '2026-03-29T00:59:59.999Z', 1],
    ['Europe/Berlin', '2026-03-29T01:00:00Z', 2],
    ['America/New_York', '2026-11-01T06:00:00Z', -5],
    ['Asia/Kathmandu', '2026-01-01T00:00:00Z', 5.75],
  ];
  for (const [zone, at, hours] of table) {
    it(`${zone} is ${hours} h off UTC at ${at}`, () => {
      expect(zoneOffset(zone)(Date.parse(at)) / hour).to.equal(hours);
    });
  }

  it('does not depend on what it was asked before', () => {
    const offset = zoneOffset('Europe/Berlin');
    const winter = Date.parse('2026-01-15T12:00:00Z');
    const summer = Date.parse('2026-07-15T12:00:00Z');
    expect([winter, summer, winter, winter].map((ms) => offset(ms) / hour)).to.deep.equal([1, 2, 1, 1]);
  });

  it('rejects a zone nobody knows', () => {
    expect(() => zoneOffset('Mars/Olympus')).to.throw(RangeError);
  });
});
