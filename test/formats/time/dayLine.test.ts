import { expect } from 'chai';
import { enterDayLine, findFirstDay } from '../../../src/formats/time/dayLine.ts';
import { StampClock } from '../../../src/formats/time/stampClock.ts';
import { drafts, parseAll } from '../parse.ts';

/** The file was changed on 1 May 2026, noon. */
const reference = Date.UTC(2026, 4, 1, 12);
const newClock = () => new StampClock({ timeZone: 'UTC', dayFirst: false }, reference);
const times = (text: string, cuts: number[] = []) =>
  drafts(parseAll('auto', text, cuts, reference)).map(({ time }) => new Date(time).toISOString().slice(0, 19));

describe('a line that is a day', () => {
  for (const line of [
    '===== 2024-06-10 =====',
    '---- MONDAY,    10 JUN 2024 ----',
    '(lmgrd) TIMESTAMP 6/10/2024',
    'Log opened: Monday, June 10, 2024',
    '# Date: 2024-06-10',
    '2024-06-10',
  ])
    it(`is "${line}"`, () => {
      const clock = newClock();
      expect(enterDayLine(line, clock)).to.equal(true);
      expect(new Date(clock.read('23:50:00', 0)).toISOString()).to.equal('2024-06-10T23:50:00.000Z');
    });

  for (const line of [
    'the certificate ends on 2024-06-10',
    '2024-06-10 09:15:02',
    '===== 2024-06-10 =====  12 jobs',
    '=====',
    '10.30',
    '',
    `${'='.repeat(200)} 2024-06-10`,
  ])
    it(`is not "${line.slice(0, 50)}"`, () => {
      expect(enterDayLine(line, newClock())).to.equal(false);
    });

  it('moves nothing where stamps name their day', () => {
    const clock = newClock();
    clock.read('Jun 10 09:15:02', 0);
    expect(enterDayLine('===== 2019-01-01 =====', clock)).to.equal(false);
    expect(times('Jun 10 2024 09:15:02 a\n=== 2019-01-01 ===\nJun 10 2024 09:15:03 b\n')).to.deep.equal([
      '2024-06-10T09:15:02',
      '2024-06-10T09:15:02',
      '2024-06-10T09:15:03',
    ]);
  });
});

describe('times of day', () => {
  const log = '=== 2024-06-10 ===\n09:15:02 INFO a\n20:59:03 ERROR b\n=== 2024-06-12 ===\n00:00:03 ERROR c\n';

  it('are of the day above them, however the bytes are cut', () => {
    const wanted = ['2024-06-10T09:15:02', '2024-06-10T09:15:02', '2024-06-10T20:59:03', '2024-06-10T20:59:03', '2024-06-12T00:00:03'];
    for (const cuts of [[], [1], [30, 60], [75]]) expect(times(log, cuts)).to.deep.equal(wanted);
  });

  it('at the beginning of a stream are of the first day below them', () => {
    expect(times('09:14:59 INFO a\n09:15:02 (lic) TIMESTAMP 6/10/2024\n09:15:03 INFO b\n')).to.deep.equal([
      '2024-06-10T09:14:59',
      '2024-06-10T09:15:02',
      '2024-06-10T09:15:03',
    ]);
  });

  it('in front of midnight are of the day before the one below them', () => {
    expect(times('23:58:00 INFO a\n23:59:00 INFO b\n=== 2024-06-11 ===\n00:00:03 INFO c\n')).to.deep.equal([
      '2024-06-10T23:58:00',
      '2024-06-10T23:59:00',
      '2024-06-10T23:59:00',
      '2024-06-11T00:00:03',
    ]);
  });

  it('in front of a stamp that has its day are near it', () => {
    expect(times('23:59:00 INFO a\nTue Jun 11 00:00:03 2024 INFO b\n')).to.deep.equal(['2024-06-10T23:59:00', '2024-06-11T00:00:03']);
  });

  it('of a stream without any day are those of its last change', () => {
    const clock = newClock();
    findFirstDay(['09:15:02 INFO a', '09:15:03 INFO b'], clock, newClock());
    expect(new Date(clock.read('09:15:02', 0)).toISOString()).to.equal('2026-05-01T09:15:02.000Z');
  });
});
