import type { Command } from 'commander';
import type { CommandDefinition, CommandEntry, GivenFlags } from './command.ts';

/** The commands of the program under headings, and what the words mean that only hold others, such as `state`. */
export interface CommandList {
  commands: Readonly<Record<string, readonly CommandEntry[]>>;
  holders: Readonly<Record<string, string>>;
}

export interface Wiring {
  /** Whether a command is loaded and given its flags: of the others the help of the program shows the summary alone. */
  wanted(words: readonly string[]): boolean;
  /** Adds what every command has. */
  everywhere(command: Command): Command;
  run(command: CommandDefinition, positional: readonly string[], given: GivenFlags): Promise<void>;
}

/** Puts every command of the list under a program; those that are wanted with arguments, flags and examples. */
export async function addCommands(
  program: Command,
  { commands, holders }: CommandList,
  { wanted, everywhere, run }: Wiring,
): Promise<void> {
  for (const [heading, entries] of Object.entries(commands)) {
    for (const { words: text, summary, load } of entries) {
      const words = text.split(' ');
      const command = commandAt(program, words, holders, `${heading}:`).description(summary);
      if (!wanted(words)) continue;
      // Only what is asked for is loaded: the help of the program needs no flags.
      const [{ command: definition }, { dressCommand }] = await Promise.all([load(), import('./dressCommand.ts')]);
      everywhere(dressCommand(command, definition)).action(async (...given: unknown[]) => {
        const positional = given
          .slice(0, -2)
          .flat()
          .filter((one): one is string => typeof one === 'string');
        await run(definition, positional, given.at(-2) as GivenFlags);
      });
    }
  }
}

/** The command of these words, and above it those that hold it. */
function commandAt(program: Command, words: readonly string[], holders: CommandList['holders'], heading: string): Command {
  let at = program;
  for (const [i, word] of words.entries()) {
    const there = at.commands.find((one) => one.name() === word);
    at = there ?? at.command(word).helpGroup(i === 0 ? heading : 'Commands:');
    if (!there && i < words.length - 1) at.description(holders[words.slice(0, i + 1).join(' ')] ?? '');
  }
  return at;
}
