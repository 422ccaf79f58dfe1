import type { z } from 'zod';
import type { CliContext } from './context.ts';
import { parseArguments, parseFlags } from './parseFlags.ts';

/** Values of flags as the command line gives them: text, lists of text, or true. */
export type GivenFlags = Readonly<Record<string, unknown>>;

/** A command as it is written. */
export interface CommandSpec<A extends z.ZodObject, F extends z.ZodObject> {
  /** What stands behind its name, in order: text, optional text, or a list that takes the rest. */
  arguments?: A;
  /** A key is the flag `--key` in kebab case; see `flags.ts` for the kinds there are. */
  flags?: F;
  /** Command lines that can be pasted; at least one. */
  examples: readonly [string, ...string[]];
  /** Does it; resolves to the exit code, 0 when it says nothing. */
  run(args: z.output<A>, flags: z.output<F>, context: CliContext): Promise<number | void>;
}

/** A command as the program wires it. */
export interface CommandDefinition {
  arguments: z.ZodObject | null;
  flags: z.ZodObject | null;
  examples: readonly string[];
  /** Checks what was given, then runs it. Throws CAD002 naming the flag that cannot be understood. */
  invoke(positional: readonly string[], given: GivenFlags, context: CliContext): Promise<number | void>;
}

/** A command: one file under `commands/`, loaded when it is asked for, and a line in the list beside them. */
export function defineCommand<
  A extends z.ZodObject = z.ZodObject<Record<never, never>>,
  F extends z.ZodObject = z.ZodObject<Record<never, never>>,
>({ arguments: args, flags, examples, run }: CommandSpec<A, F>): CommandDefinition {
  return {
    arguments: args ?? null,
    flags: flags ?? null,
    examples,
    invoke: async (positional, given, context) => run(parseArguments(args, positional), parseFlags(flags, given), context),
  };
}

/** A line of the list of commands: its words, what it is for, and where it is. */
export interface CommandEntry {
  /** As it is typed, such as `state rm`. */
  words: string;
  summary: string;
  /** Its file, which exports it as `command`. */
  load(): Promise<{ command: CommandDefinition }>;
}
