import { Command, CommanderError } from 'commander';
import { nodeIo, type Io } from '../io.ts';
import type { CommandBody, Flags } from './shared/commandBody.ts';
import type { CliContext } from './shared/context.ts';
import { readDotenv } from './settings/dotenvFile.ts';
import { addGlobalOptions } from './shared/globalOptions.ts';
import { safeText } from './shared/safeText.ts';
import { loadSettings } from './settings/settings.ts';
import { showError } from './shared/showError.ts';

/** The outside with the variables of `.env` below the real ones; libraries that read the process's own see them too. */
async function withDotenv(io: Io): Promise<{ io: Io; fromDotenv: Map<string, number> }> {
  const { values, lines } = await readDotenv(io);
  const added = Object.entries(values).filter(([name]) => io.env[name] === undefined);
  if (io.env === process.env) for (const [name, value] of added) process.env[name] = value;
  const fromDotenv = new Map(added.map(([name]) => [name, lines.get(name) ?? 1]));
  return { io: added.length === 0 ? io : { ...io, env: { ...io.env, ...Object.fromEntries(added) } }, fromDotenv };
}

/**
 * Runs the program. Returns the exit code: 0 done, 1 tests or validation failed, 64 usage, 65 too many rejected records,
 * 70 bug, 74 input or output, 75 drain timed out, 78 configuration.
 */
export async function main(argv: string[], version: string, io: Io = nodeIo()): Promise<number> {
  const color = io.stdout.isTTY && !io.env['NO_COLOR'] && !argv.includes('--no-color');
  const stack = io.env['CADUCUS_LOG_LEVEL'] === 'debug' || io.env['CADUCUS_LOG_LEVEL'] === 'trace';
  const stop = new AbortController();
  let heeded = false;
  const onSignal = () => {
    // A second signal stops at once, and the first one does where the command does not look at it.
    if (stop.signal.aborted || !heeded) process.exit(130);
    stop.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  let exit = 0;
  const program = new Command('caducus');
  /** Wires a command's flags to its body, which is loaded only when it is asked for, as are the options of every command. */
  const action = (command: Command, body: () => Promise<CommandBody>) =>
    (argv.includes(command.name()) ? addGlobalOptions(command) : command).action(async (...given: unknown[]) => {
      const flags = given.at(-2) as Flags;
      const positional = given
        .slice(0, -2)
        .flat()
        .filter((arg): arg is string => typeof arg === 'string');
      const { io: inFolder, fromDotenv } = await withDotenv(io);
      const config = [...(flags.config ?? []), ...((flags['set'] as string[] | undefined) ?? [])];
      const layered = await loadSettings(inFolder, { ...flags, config }, fromDotenv);
      const context: CliContext = {
        io: inFolder,
        layered,
        dataDir: layered.settings.data_dir,
        json: flags.json === true,
        color,
        get stop() {
          heeded = true;
          return stop.signal;
        },
      };
      exit = (await (await body())(positional, flags, context)) ?? 0;
    });
  program
    .description('An ops radar: a short ranked list of what is unusual, active or important right now.')
    .version(version, '-V, --version')
    .addHelpText(
      'after',
      '\nExamples:\n  $ caducus demo init && caducus radar quiet.log incident.log\n  $ journalctl -o json -n 50000 | caducus radar -\n  $ caducus run hdfs-radar',
    )
    .showSuggestionAfterError()
    .showHelpAfterError('(caducus --help lists the commands, caducus COMMAND --help its examples)')
    .exitOverride()
    .configureOutput({ writeOut: (text) => void io.stdout.write(text), writeErr: (text) => void io.stderr.write(safeText(text)) });
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
