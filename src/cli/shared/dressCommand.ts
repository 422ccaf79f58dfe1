import { Option, type Command } from 'commander';
import type { z } from 'zod';
import type { CommandDefinition } from './command.ts';
import { flagShape } from './flagShape.ts';
import { toKebab } from './toKebab.ts';

/** Gives a command what its definition says: arguments, flags and examples. */
export function dressCommand(command: Command, { arguments: args, flags, examples }: CommandDefinition): Command {
  for (const [name, schema] of shapesIn(args)) {
    const { kind, needed, description } = flagShape(schema);
    const text = `${name}${kind === 'many' ? '...' : ''}`;
    command.argument(needed ? `<${text}>` : `[${text}]`, description);
  }
  for (const [name, schema] of shapesIn(flags)) command.addOption(buildOption(name, schema));
  return command.addHelpText('after', `\nExamples:\n${examples.map((line) => `  $ ${line}`).join('\n')}`);
}

function buildOption(name: string, schema: z.ZodType): Option {
  const { kind, needed, preset, description, value } = flagShape(schema);
  const flag = toKebab(name);
  if (kind === 'off') return new Option(`--no-${flag}`, description);
  if (kind === 'on') return new Option(`--${flag}`, description);
  const shown = preset === undefined ? description : `${description} (default: ${preset})`;
  const option = new Option(`--${flag} <${value}>`, shown).makeOptionMandatory(needed);
  return kind === 'many' ? option.argParser((one: string, before: string[] = []) => [...before, one]) : option;
}

const shapesIn = (schema: z.ZodObject | null): [string, z.ZodType][] =>
  schema === null ? [] : Object.entries(schema.shape as Record<string, z.ZodType>);
