import type { Command, CommanderError } from 'commander';
import { CaducusError } from '../../errors.ts';
import { didYouMean } from '../../pipeline/didYouMean.ts';

/** The command that words of a command line lead to, up to a word that is none of them. */
function findCommand(program: Command, words: readonly string[]): Command {
  let at = program;
  for (const word of words) at = at.commands.find((one) => one.name() === word) ?? at;
  return at;
}

const fullName = (command: Command): string => (command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name());

/**
 * A command line that commander refuses, as every other error is told: what was wrong, and the command or option that was
 * meant, else where they are listed. Null for what is no error, such as help that was asked for.
 */
export function usageError(error: CommanderError, program: Command, argv: readonly string[]): CaducusError | null {
  if (!error.message.startsWith('error: ')) return null;
  const what = error.message.slice('error: '.length).split('\n')[0]!;
  const word = /'([^']+)'/.exec(what)?.[1] ?? '';
  const isCommand = error.code === 'commander.unknownCommand';
  const before = isCommand ? argv.slice(0, argv.indexOf(word)) : argv;
  const command = findCommand(program, before);
  const known = isCommand
    ? command.commands.map((one) => one.name())
    : command.options.flatMap(({ long, hidden }) => (long && !hidden ? [long] : []));
  const meant = isCommand || error.code === 'commander.unknownOption' ? didYouMean(word, known) : null;
  const listed = `${fullName(command)} --help ${command.commands.length > 0 ? 'lists the commands' : 'shows its options and examples'}.`;
  return new CaducusError('CAD002', {}, what, { hint: meant ?? listed });
}
