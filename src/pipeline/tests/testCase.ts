import { z } from 'zod';
import { MarbleError, parseMarbles } from './marbleText.ts';
import { duration, signalKind } from '../../../config/scalars.ts';

const record = z.record(z.string(), z.unknown());

/** A marble diagram that can be read; the issue says at which character it cannot. */
const diagram = z.string().superRefine((text, context) => {
  try {
    parseMarbles(text);
  } catch (error) {
    if (!(error instanceof MarbleError)) throw error;
    context.addIssue({ code: 'custom', message: `marbles cannot be read, ${error.message}`, params: { at: error.at } });
  }
});

const letters = z.record(z.string().regex(/^[A-Za-z0-9]$/, 'a marble is one letter or digit'), record);

const marbleFeed = z.strictObject({
  marbles: diagram.describe('Records as letters, a character a frame: a-b--(cd)|'),
  values: letters.default({}).describe('The record each letter stands for; its text is the letter when left out.'),
});

const feed = z.union([z.string(), z.array(record), marbleFeed]);

const bound = duration.optional();

const expectation = z
  .strictObject({
    from: z.string().optional().describe('Operator, port, source or sink whose output is looked at; the last operator when left out.'),
    kind: signalKind.optional().describe('Only signals of this kind.'),
    match: record.optional().describe('Fields it must have: equal, /pattern/i, or { gt, gte, lt, lte }.'),
    count: z.int().min(0).optional().describe('How many match exactly; at least one when left out.'),
    at: bound.describe('Event time after the start at which it comes, to the second.'),
    by: bound.describe('Comes no later than this after the start.'),
    after: bound.describe('Comes no earlier than this after the start.'),
    order: z.array(record).optional().describe('Fields of matching signals, in the order they come; others may lie between.'),
    marbles: diagram.optional().describe('When each comes, a character a frame.'),
    values: letters.optional().describe('Fields that the signal of each letter has.'),
    nothing: z.enum(['late', 'rejected']).optional().describe('No record is late, or rejected.'),
  })
  .refine(
    (e) => e.nothing !== undefined || e.match !== undefined || e.count !== undefined || e.order !== undefined || e.marbles !== undefined,
    {
      message: 'expects nothing yet: give match, count, order, marbles or nothing',
    },
  );

/** A test of a pipeline: what is fed to its sources, and what must come out where and when. */
export const testCase = z.strictObject({
  name: z.string().describe('The fact it shows.'),
  feed: z.record(z.string(), feed).describe('For each source: a file in its format, records, or marbles.'),
  start: z.iso.datetime({ offset: true }).optional().describe('Event time of frame 0; for feeds that bring times, their first record.'),
  frame: duration.prefault('1s').describe('Length of a marble frame.'),
  expect: z.array(expectation).min(1).describe('What must come out.'),
});

export type TestCase = z.output<typeof testCase>;
export type Expectation = z.output<typeof expectation>;
export type Feed = z.output<typeof feed>;
