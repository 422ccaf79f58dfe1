import { z } from 'zod';
import { pattern } from '../../base/pattern.ts';
import { isZoneName } from '../../base/zone.ts';
import { everyNames, readClock } from './deadlines.ts';

/** What should happen, and by when. */
export const expectation = z
  .strictObject({
    pattern: pattern.optional().describe('A line with this text must come (RE2 syntax).'),
    group: pattern.optional().describe('It must come in a group of this name (RE2 syntax, found anywhere in it); alone: any line of it.'),
    by: z.string().describe('By when: 02:30; of an hour :20, of a week Mon 02:30.'),
    every: z.enum(everyNames).default('day').describe('How often: hour, day, weekday (Monday to Friday) or week.'),
    zone: z.string().refine(isZoneName, 'is no IANA time zone').default('UTC').describe('IANA zone of `by`.'),
  })
  .superRefine(({ by, every, pattern: text, group }, context) => {
    if (readClock(by, every) === null)
      context.addIssue({
        code: 'custom',
        path: ['by'],
        message: `expected a time such as ${{ hour: ':20', week: 'Mon 02:30' }[every as string] ?? '02:30'}, got ${JSON.stringify(by)}`,
      });
    if (text === undefined && group === undefined)
      context.addIssue({ code: 'custom', message: 'names neither a pattern nor a group that could come' });
  });

export type Expectation = z.output<typeof expectation>;
