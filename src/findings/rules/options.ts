import { z } from 'zod';
import { duration, frequency } from '../../../config/scalars.ts';
import { linkTemplates } from '../owners/links.ts';
import { parseLevel, type Level } from '../../event.ts';
import { digest } from '../../base/digest.ts';
import { pattern } from '../../base/pattern.ts';
import { volumeCondition } from './volumeCondition.ts';
import { expectation } from '../schedules/expectation.ts';

const states = z.enum(['new', 'returning', 'rising', 'rare', 'falling', 'gone', 'steady']);
const findingTypes = z.enum(['spike', 'budget', 'breaker', 'session']);
const severities = z.enum(['info', 'warning', 'critical']);

const level = z
  .string()
  .transform((word, context): Level => {
    const known = parseLevel(word);
    if (known) return known;
    context.addIssue({ code: 'custom', message: `expected a level such as warn or error, got ${JSON.stringify(word)}` });
    return z.NEVER;
  })
  .meta({ title: 'level' });

const when = z.strictObject({
  state: z
    .union([states, z.array(states).min(1)])
    .optional()
    .describe('What the rate of a pattern does: one word or several.'),
  minLevel: level.optional().describe('Level of a pattern, or a graver one.'),
  minScore: z.number().min(0).max(100).optional().describe('Least score of a pattern in a window.'),
  minCount: z.int().min(1).optional().describe('Least count of a pattern in a window.'),
  volume: volumeCondition
    .optional()
    .describe(
      'All lines of a group, beside what is usual lately, at this hour and on this day of the week: below 0.3 of it, or above 3 times it.',
    ),
  group: pattern.optional().describe('Groups by name (RE2 syntax, found anywhere in it).'),
  pattern: pattern.optional().describe('Patterns by their text, findings by their title (RE2 syntax).'),
  noData: z
    .literal(true)
    .optional()
    .describe(
      'A whole group has been silent for as long as `for` says, and longer than its own gaps are by chance, or what comes by the clock in it did not come when it was due.',
    ),
  unread: z
    .number()
    .gt(0)
    .max(1)
    .optional()
    .describe(
      'A group that was read whole has at least this share of lines without a level, or with another time than their stamps say: 0.05.',
    ),
  finding: z
    .union([findingTypes, z.array(findingTypes).min(1)])
    .optional()
    .describe('A finding of such a safeguard is firing.'),
  minSeverity: severities.optional().describe('Least severity of that finding.'),
});

/** Conditions that only patterns can meet. */
const ofPatterns = ['state', 'minLevel', 'minScore', 'minCount', 'volume'] as const;

const rule = z
  .strictObject({
    name: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, 'expected letters, digits, "-" and "_", beginning with a letter')
      .describe('Name of the rule, on every finding of it.'),
    when: when.prefault({}).describe('All that is named must hold at once.'),
    expect: expectation.optional().describe('What should happen, in place of `when`: the rule fires when it did not.'),
    for: duration.optional().describe('How long it must hold, by event time, before the finding fires; pending until then.'),
    severity: severities.default('warning').describe('Severity of its findings.'),
    links: linkTemplates.optional().describe('Addresses to go to from its findings, by name.'),
    falseAlarms: frequency
      .optional()
      .describe('How often it may open a finding by chance, such as 1/month; a budget of its own beside that of the other rules.'),
  })
  .superRefine(({ when: given, for: held, expect, falseAlarms }, context) => {
    if (expect !== undefined) {
      const more = Object.keys(given).length > 0 ? 'when' : held !== undefined ? 'for' : falseAlarms !== undefined ? 'falseAlarms' : null;
      if (more) context.addIssue({ code: 'custom', path: [more], message: `a rule that says what to expect has no \`${more}\`` });
      return;
    }
    const fail = (key: string, message: string) => context.addIssue({ code: 'custom', path: ['when', key], message });
    const own = ofPatterns.filter((key) => given[key] !== undefined);
    if (
      own.length === 0 &&
      given.pattern === undefined &&
      given.finding === undefined &&
      given.noData === undefined &&
      given.unread === undefined
    ) {
      context.addIssue({ code: 'custom', path: ['when'], message: 'names no condition that something could meet' });
    }
    if (
      given.unread !== undefined &&
      (own.length > 0 || given.pattern !== undefined || given.finding !== undefined || given.noData !== undefined)
    )
      fail('unread', 'unread is about whole groups: only `group` can stand beside it');
    if (given.volume !== undefined && given.pattern !== undefined)
      fail('volume', 'volume is about all lines of a group: it has no `pattern`');
    if (given.noData && !held)
      context.addIssue({ code: 'custom', path: ['when', 'noData'], message: 'no_data needs `for`: how long a group must be silent' });
    if (given.noData && (own.length > 0 || given.pattern !== undefined || given.finding !== undefined))
      fail('noData', 'no_data is about whole groups: only `group` can stand beside it');
    if (given.finding !== undefined && own.length > 0)
      fail('finding', `a finding has no ${own.join(' or ')}: only group, pattern and min_severity can stand beside it`);
    if (falseAlarms !== undefined && (given.noData || given.finding !== undefined))
      context.addIssue({
        code: 'custom',
        path: ['falseAlarms'],
        message: 'only rules about patterns can be asked for a rate of false alarms',
      });
    if (given.minSeverity !== undefined && given.finding === undefined)
      fail('minSeverity', 'only findings have a severity: name their type with `finding`');
  });

const list = z
  .array(rule)
  .max(200)
  .superRefine((rules, context) => {
    for (const [index, { name }] of rules.entries()) {
      if (rules.findIndex((other) => other.name === name) < index) {
        context.addIssue({ code: 'custom', path: [index, 'name'], message: `the name "${name}" is taken by a rule above` });
      }
    }
  });

const whole = z.strictObject({
  rules: list.describe('The rules; with none, only what people answer is applied to findings.'),
  falseAlarms: frequency
    .optional()
    .describe(
      'How often all rules about patterns, and spikes of counts, together may open a finding by chance, such as 1/week; errors that are new or back are always reported. Left out it is 1/week for what comes more often than usual, and all else is reported as it is. Alerts are on no budget.',
    ),
  clearAfter: z.int().min(1).default(2).describe('Clear evaluations in a row after which a finding is resolved.'),
  settle: duration
    .prefault('10m')
    .describe(
      'How long a change of a group settles: what is new, back or gone at WARN and below is shown and not sent, and counted in one line. 0 for not at all.',
    ),
  repeatInterval: duration.optional().describe('A finding that is still firing after this long is emitted again; 0 or left out for never.'),
  maxFindings: z
    .int()
    .min(1)
    .default(10_000)
    .describe('Most findings that are open at once; further ones are not opened while so many are.'),
  maxGroups: z.int().min(1).default(10_000).describe('Most groups whose silence is noticed; those silent longest are forgotten.'),
});

/** A list of rules, or an object with the list and how findings are handled. */
export const options = z.union([list, whole]);

export type Rule = z.output<typeof rule>;
export type When = z.output<typeof when>;
export type Settings = z.output<typeof whole>;

/** Both ways of writing the options as one. */
export const readSettings = (given: z.output<typeof options>): Settings =>
  Array.isArray(given) ? { ...whole.parse({ rules: [] }), rules: given } : given;

/** What tells a rule from another of the same name: when it holds, or what it expects. Its severity and how long it waits may change at any time. */
export const hashWhen = ({ when: given, expect }: Rule): string =>
  digest(
    JSON.stringify(
      Object.entries({ ...given, ...(expect && { expect }) })
        .filter(([, value]) => value !== undefined)
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ),
  );
