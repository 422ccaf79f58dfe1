import { expect } from 'chai';
import { judgeCourse } from '../../src/findings/course.ts';

describe('the course of a count', () => {
  for (const [before, now, course] of [
    [undefined, 5, null],
    [0, 50, null],
    [20, 40, 'growing'],
    [20, 24, 'steady'],
    [20, 10, 'easing'],
    [2, 4, 'steady'],
    [4, 2, 'steady'],
    [61, 2310, 'growing'],
  ] as const)
    it(`from ${before} to ${now} is ${course}`, () => expect(judgeCourse(before, now)).to.equal(course));
});
