import { Command, CommanderError } from 'commander';
import { nodeIo, type Io, type Screen } from '../io.ts';
import { ioFailure } from '../run/ioFailure.ts';
import { commandList } from './commands/index.ts';
import { readDotenv } from './settings/dotenvFile.ts';
import { loadSettings, type GlobalFlags } from './settings/settings.ts';
import { addCommands } from './shared/addCommands.ts';
import type { CommandDefinition, GivenFlags } from './shared/command.ts';
import { addGlobalOptions } from './shared/globalOptions.ts';
import type { CliContext } from './shared/context.ts';
import { safeText } from './shared/safeText.ts';
import { showError } from './shared/showError.ts';
import { refuseUnknownHelp, usageError } from './shared/usageError.ts';

export { showError };

/** The outside with the variables of `.env` below the real ones; libraries that read the process's own see them too. */
async function withDotenv(io: Io): Promise<{ io: Io; fromDotenv: Map<string, number> }> {
  const { values, lines } = await readDotenv(io);
  const added = Object.entries(values).filter(([name]) => io.env[name] === undefined);
  if (io.env === process.env) for (const [name, value] of added) process.env[name] = value;
  const fromDotenv = new Map(added.map(([name]) => [name, lines.get(name) ?? 1]));
  return { io: added.length === 0 ? io : { ...io, env: { ...io.env, ...Object.fromEntries(added) } }, fromDotenv };
}

/** The program with its help, its version and no command yet. */
function bareProgram(version: string, io: Io): Command {
  return new Command('caducus')
    .description('An ops radar: a short ranked list of what is unusual, active or important right now.')
    .version(version, '-V, --version')
    .addHelpText(
      'after',
      '\nExamples:\n  $ caducus demo init && caducus radar quiet.log incident.log\n  $ journalctl -o json -n 50000 | caducus radar -\n  $ caducus run hdfs-radar',
    )
    .showSuggestionAfterError(false)
    .addHelpCommand(new Command('help').argument('[command]').description('display help for command').helpGroup('Set up:'))
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(safeText(text)),
      // Shown as every other error is.
      outputError: () => {},
    });
}

/** The flags that are of the configuration: one that a command has of its own by the same name is not. */
const withoutOwn = (given: GivenFlags, { flags }: CommandDefinition): GivenFlags =>
  flags !== null && 'set' in flags.shape ? { ...given, set: undefined } : given;

/** Standard output that says so when nothing more can be written to it. */
const heededScreen = (screen: Screen, gone: () => void): Screen => ({
  get isTTY() {
    return screen.isTTY;
  },
  get columns() {
    return screen.columns;
  },
  async write(text) {
    const there = await screen.write(text);
    if (!there) gone();
    return there;
  },
});

/** Stops a command at the first SIGINT, SIGTERM or SIGHUP, where it looks at that; the program at the second, or where it does not. */
function heedSignals() {
  const stop = new AbortController();
  let heeded = false;
  const onSignal = () => {
    if (stop.signal.aborted || !heeded) process.exit(130);
    stop.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  return {
    /** There is nobody to print for any more: where the command looks at it, it drains and ends. */
    stop: () => stop.abort(),
    get signal() {
      heeded = true;
      return stop.signal;
    },
    end: () => {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(name, onSignal);
    },
  };
}

/**
 * Runs the program. Returns the exit code: 0 done, 1 tests or validation failed, 64 usage, 65 too many rejected records,
 * 70 bug, 74 input or output, 75 drain timed out, 78 configuration.
 */
export async function main(argv: string[], version: string, io: Io = nodeIo(), program: string | null = null): Promise<number> {
  const color = io.stdout.isTTY && !io.env['NO_COLOR'] && !argv.includes('--no-color');
  const stack = io.env['CADUCUS_LOG_LEVEL'] === 'debug' || io.env['CADUCUS_LOG_LEVEL'] === 'trace';
  const signals = heedSignals();
  let exit = 0;
  const contextFor = async (given: GlobalFlags): Promise<CliContext> => {
    const { io: inFolder, fromDotenv } = await withDotenv(io);
    const layered = await loadSettings(inFolder, given, fromDotenv);
    return {
      io: { ...inFolder, stdout: heededScreen(inFolder.stdout, signals.stop) },
      layered,
      given,
      dataDir: layered.settings.data_dir,
      json: given.json === true,
      color,
      program,
      version,
      listCommands: async () => (await import('./completion/describeCommands.ts')).describeCommands(commandList),
      get stop() {
        return signals.signal;
      },
    };
  };
  const commands = bareProgram(version, io);
  try {
    await addCommands(commands, commandList, {
      wanted: (words) => words.every((word) => argv.includes(word)),
      everywhere: addGlobalOptions,
      run: async (command, positional, flags) => {
        exit = (await command.invoke(positional, flags, await contextFor(withoutOwn(flags, command)))) ?? 0;
      },
    });
    refuseUnknownHelp(commands, argv);
    await commands.parseAsync(argv, { from: 'user' });
    if (io.stdout.failure) throw ioFailure(io.stdout.failure, { path: 'standard output' });
  } catch (error) {
    const refused = error instanceof CommanderError ? usageError(error, commands, argv) : error;
    if (refused === null) return (error as CommanderError).exitCode === 0 ? 0 : 64;
    const shown = showError(refused, { color: io.stderr.isTTY && !io.env['NO_COLOR'], stack });
    await io.stderr.write(shown.text);
    exit = shown.exit;
  } finally {
    signals.end();
  }
  return exit;
}
