import { Command, CommanderError, Option } from 'commander';
import { nodeIo, type Io } from '../io.ts';
import type { CommandBody, Flags } from './commandBody.ts';
import type { CliContext } from './context.ts';
import { loadSettings } from './settings.ts';
import { showError } from './showError.ts';

const collect = (value: string, before: string[] = []) => [...before, value];

function withGlobals(command: Command): Command {
  return command
    .addOption(new Option('-c, --configuration <file>', 'configuration file, on top of the usual ones (repeatable)').argParser(collect))
    .addOption(new Option('--config <key=value>', 'set one configuration value (repeatable; also --set)').argParser(collect))
    .addOption(new Option('--set <key=value>').argParser(collect).hideHelp())
    .option('--data-dir <folder>', 'where events, memory and state are kept')
    .option('--time-zone <zone>', 'zone of what is printed (default UTC)')
    .option('--ascii', 'draw with ASCII characters only')
    .option('--json', 'print JSON')
    .option('--no-color', 'print without colour');
}

/**
 * Runs the program. Returns the exit code: 0 done, 1 tests or validation failed, 64 usage, 65 too many rejected records,
 * 70 bug, 74 input or output, 75 drain timed out, 78 configuration.
 */
export async function main(argv: string[], version: string, io: Io = nodeIo()): Promise<number> {
  const color = io.stdout.isTTY && !io.env['NO_COLOR'] && !argv.includes('--no-color');
  const stack = io.env['CADUCUS_LOG_LEVEL'] === 'debug' || io.env['CADUCUS_LOG_LEVEL'] === 'trace';
  const stop = new AbortController();
  const onSignal = () => {
    // A second signal stops at once.
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  let exit = 0;
  const program = new Command('caducus');
  /** Wires a command's flags to its body, which is loaded only when it is asked for. */
  const action = (command: Command, body: () => Promise<CommandBody>) =>
    withGlobals(command).action(async (...given: unknown[]) => {
      const flags = given.at(-2) as Flags;
      const positional = given.slice(0, -2).flat().filter((arg): arg is string => typeof arg === 'string');
      const layered = await loadSettings(io, { ...flags, config: [...(flags.config ?? []), ...((flags['set'] as string[] | undefined) ?? [])] });
      const context: CliContext = { io, layered, dataDir: layered.settings.data_dir, json: flags.json === true, color, stop: stop.signal };
      exit = (await (await body())(positional, flags, context)) ?? 0;
    });
  program
    .description('An ops radar: a short ranked list of what is unusual, active or important right now.')
    .version(version, '-V, --version')
    .showSuggestionAfterError()
    .showHelpAfterError('(caducus --help lists the commands, caducus COMMAND --help its examples)')
    .exitOverride()
    .configureOutput({ writeOut: (text) => void io.stdout.write(text), writeErr: (text) => void io.stderr.write(text) });
  const { addCommands } = await import('./commands.ts');
  addCommands(program, action);
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 64;
    const shown = showError(error, { color: io.stderr.isTTY && !io.env['NO_COLOR'], stack });
    await io.stderr.write(shown.text);
    exit = shown.exit;
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
  return exit;
}
