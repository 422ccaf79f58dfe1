import { z } from 'zod';
import { duration } from '../../../config/scalars.ts';

export const options = z.strictObject({
  states: z
    .array(z.enum(['new', 'returning', 'rising', 'falling', 'gone']))
    .min(1)
    .default(['new', 'returning', 'rising', 'gone'])
    .describe('What a pattern must do to count as moving.'),
  minScore: z.number().min(0).max(100).default(40).describe('Least score of a pattern that moves.'),
  minPatterns: z.int().min(2).default(2).describe('Patterns and findings that must move together before it is an episode.'),
  window: duration.prefault('10m').describe('How far apart, by event time, things may move and still belong together.'),
  groupWait: duration.prefault('30s').describe('How long findings, and an episode that begins, wait for company before they are emitted.'),
  repeatInterval: duration.prefault('4h').describe('An episode that is still on after this long is emitted again; 0 for never.'),
  clearAfter: z.int().min(1).default(2).describe('Calm windows in a row after which an episode is resolved.'),
  changesBefore: duration.prefault('1h').describe('How long before an episode a change marker still stands beside it.'),
  remember: z.int().min(0).max(10_000).default(500).describe('Past episodes that are remembered, to name those it is like.'),
  maxGroups: z
    .int()
    .min(1)
    .default(10_000)
    .describe('Most groups whose silence is distinguished from calm; those silent longest are forgotten.'),
});

export type Options = z.output<typeof options>;
