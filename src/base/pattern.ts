import { RE2JS } from 're2js';
import { z } from 'zod';

const flagBits: Record<string, number> = { i: RE2JS.CASE_INSENSITIVE, s: RE2JS.DOTALL, m: RE2JS.MULTILINE };
const slashed = /^\/(.*)\/([ims]*)$/s;

/** Whether a text matches. Takes time linear in the text, whatever the pattern: log text is hostile. */
export type Matcher = (text: string) => boolean;

/** Whether a text is written as a pattern: `/timed? out/i`. */
export const isSlashed = (written: string): boolean => slashed.test(written);

/** Compiles RE2 syntax as it is; `whole` matches all of a text, else a part is enough. Throws an Error when it is no pattern. */
export function compileLinear(source: string, { flags = '', whole = false } = {}): Matcher {
  const compiled = RE2JS.compile(
    source,
    [...flags].reduce((sum, flag) => sum | (flagBits[flag] ?? 0), 0),
  );
  return whole ? (text) => compiled.matches(text) : (text) => compiled.test(text);
}

/**
 * Compiles a pattern in RE2 syntax, as `timed? out` or with flags as `/timed? out/i` (i, m, s).
 *
 * Throws an Error when it is no pattern.
 */
export function compileMatcher(written: string): Matcher {
  const [, source = written, flags = ''] = slashed.exec(written) ?? [];
  return compileLinear(source, { flags });
}

/** A pattern of the options; a wrong one is an error of the configuration, with what is wrong about it. */
export const pattern = z
  .string()
  .min(1)
  .max(1000)
  .superRefine((written, context) => {
    try {
      compileMatcher(written);
    } catch (error) {
      context.addIssue({
        code: 'custom',
        message: `no pattern in RE2 syntax: ${error instanceof Error ? error.message : String(error)}`,
      });
    }
  })
  .meta({ title: 'pattern' });
