import type { Command } from 'commander';
import type { CommandBody } from './commandBody.ts';

/** Wires a command to its body, which is loaded only when it is asked for. */
export type Action = (command: Command, body: () => Promise<CommandBody>) => Command;

/** Adds command lines that can be pasted to the help of a command. */
export const examples = (command: Command, ...lines: string[]): Command =>
  command.addHelpText('after', `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`);

/** Collects the values of an option that may be given several times. */
export const repeat = (value: string, before: string[] = []): string[] => [...before, value];
