import { z } from 'zod';
import { parseDuration } from '../../../config/scalars.ts';

/**
 * The kinds of flags and arguments there are, as zod: each has a description and, where it takes a value, the word its help
 * shows for it. The message of a value that cannot be understood is written here, never zod's own.
 */

/** `--all`: a switch. */
export const on = (description: string) => z.boolean().default(false).meta({ description });

/** `--no-analysis` of a key `analysis`: a switch that turns something off. */
export const off = (description: string) => z.boolean().default(true).meta({ description });

/** `--group <id>`: text, if it is given. */
export const text = (value: string, description: string) => z.string().optional().meta({ value, description });

/** `--by <field>`: text, with what holds when it is not given. */
export const textOr = (preset: string, value: string, description: string) => z.string().default(preset).meta({ value, description });

/** `--input <file>`: text that must be given. */
export const needed = (value: string, description: string) => z.string().meta({ value, description });

/** `--require <module>`: text that may be given several times. */
export const several = (value: string, description: string) =>
  z
    .array(z.string())
    .default([])
    .meta({ value, description: `${description} (repeatable)` });

const wholeNumber = z.string().transform((given, context) => {
  const number = Number(given.replaceAll('_', ''));
  if (Number.isInteger(number) && number >= 1) return number;
  context.addIssue({ code: 'custom', message: `expected a whole number of at least 1, got "${given}"` });
  return z.NEVER;
});

/** `--limit <n>`: a whole number of at least 1, if it is given. */
export const whole = (description: string) => wholeNumber.optional().meta({ value: 'n', description });
/** The same that must be given. */
export const neededWhole = (description: string) => wholeNumber.meta({ value: 'n', description });
/** The same, with what holds when it is not given. */
export const wholeOr = (preset: number, description: string) => wholeNumber.prefault(String(preset)).meta({ value: 'n', description });

/** `--for <duration>`: a length of time in milliseconds, more than none. */
export const length = (description: string) =>
  z
    .string()
    .transform((given, context) => {
      const ms = parseDuration(given);
      if (ms !== null && ms > 0) return ms;
      const message = `"${given}" is no length of time`;
      context.addIssue({ code: 'custom', message, params: { hint: 'Give one such as 2h, 30m or 1h 30m.' } });
      return z.NEVER;
    })
    .optional()
    .meta({ value: 'duration', description });

const oneFlag = <const W extends readonly [string, ...string[]]>(noun: string, words: W) =>
  z.enum(words, { error: ({ input }) => `"${String(input)}" is no ${noun}` });

/** `--state <state>`: one of a few words, if it is given. */
export const choice = <const W extends readonly [string, ...string[]]>(noun: string, words: W, description: string, value = noun) =>
  oneFlag(noun, words).optional().meta({ value, description });
/** The same that must be given. */
export const neededChoice = <const W extends readonly [string, ...string[]]>(noun: string, words: W, description: string, value = noun) =>
  oneFlag(noun, words).meta({ value, description });

/** Flags that several commands have. */
export const requireFlag = (adds: string) => several('module', `a module that adds ${adds}`);
