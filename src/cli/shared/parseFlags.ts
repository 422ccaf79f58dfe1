import type { z } from 'zod';
import { CaducusError, CaducusErrors } from '../../errors.ts';
import { meantOrKnown } from '../../base/text/didYouMean.ts';
import { issueText } from '../../../config/issueText.ts';
import { isMany } from './flagShape.ts';
import { toKebab } from './toKebab.ts';

const none = {};

/** Arguments by name: one each, the rest to a list. Commander has seen to it that what is needed is there. */
export function parseArguments<A extends z.ZodObject>(schema: A | undefined, positional: readonly string[]): z.output<A> {
  if (!schema) return none as z.output<A>;
  const given: Record<string, unknown> = {};
  for (const [i, [name, one]] of Object.entries(schema.shape).entries()) {
    const value = isMany(one as z.ZodType) ? positional.slice(i) : positional[i];
    if (value !== undefined) given[name] = value;
  }
  return check(schema, given, (name) => `<${name}>`);
}

/** The flags of a command out of everything that was given; those of every command are no business of it. */
export function parseFlags<F extends z.ZodObject>(schema: F | undefined, all: Readonly<Record<string, unknown>>): z.output<F> {
  if (!schema) return none as z.output<F>;
  const own = Object.keys(schema.shape).filter((name) => all[name] !== undefined);
  return check(schema, Object.fromEntries(own.map((name) => [name, all[name]])), (name) => `--${toKebab(name)}`);
}

/** Throws CAD002 for what cannot be understood, several as CaducusErrors. */
function check<S extends z.ZodObject>(schema: S, given: Record<string, unknown>, writeFlag: (name: string) => string): z.output<S> {
  const parsed = schema.safeParse(given, { error: issueText });
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const hint = pickHint(issue, given[name]);
    return new CaducusError('CAD002', { path: writeFlag(name) }, issue.message, hint === null ? {} : { hint });
  });
  throw errors.length === 1 ? errors[0]! : new CaducusErrors(errors);
}

/** What to give instead: the word that was meant, the words there are, or what the flag itself says. */
function pickHint(issue: z.core.$ZodIssue, given: unknown): string | null {
  if (issue.code === 'invalid_value') {
    const words = issue.values.map(String);
    return meantOrKnown(typeof given === 'string' ? given : '', words, 'one of');
  }
  const hint = issue.code === 'custom' ? issue.params?.['hint'] : undefined;
  return typeof hint === 'string' ? hint : null;
}
