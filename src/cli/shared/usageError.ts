import type { Command, CommanderError } from 'commander';
import { CaducusError } from '../../errors.ts';
import { didYouMean } from '../../base/text/didYouMean.ts';

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
  if (!isCommand && meant !== null && known.includes(word))
    return new CaducusError('CAD002', {}, `${word} stands behind the command`, { hint: `${fullName(command)} ${word} ...` });
  const letter = /^-(\w)/.exec(word)?.[1];
  const long = isCommand || letter === undefined ? [] : known.filter((name) => name.startsWith(`--${letter}`));
  if (meant === null && long.length > 0)
    return new CaducusError('CAD002', {}, what, { hint: `options are written out: ${long.join(', ')}` });
  const listed = `${fullName(command)} --help ${command.commands.length > 0 ? 'lists the commands' : 'shows its options and examples'}.`;
  return new CaducusError('CAD002', {}, what, { hint: meant ?? listed });
}

/** Help that is asked for of a command that is not there: an error as any other, not all of the help. Throws CAD002. */
export function refuseUnknownHelp(program: Command, argv: readonly string[]): void {
  const at = argv.indexOf('help');
  const word = argv[at + 1];
  const holder = findCommand(program, argv.slice(0, at));
  const known = holder.commands.map((one) => one.name());
  if (at < 0 || word === undefined || word.startsWith('-') || known.length === 0 || known.includes(word)) return;
  throw new CaducusError('CAD002', {}, `unknown command '${word}'`, {
    hint: didYouMean(word, known) ?? `${fullName(holder)} --help lists the commands.`,
  });
}
