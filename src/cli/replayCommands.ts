import type { Command } from 'commander';
import { examples, repeat, type Action } from './shared/commandParts.ts';

/** `replay`: a recorded run again. */
export function addReplayCommands(program: Command, action: Action): void {
  examples(
    action(
      program
        .command('replay <folder>')
        .description('run a recording again, byte for byte; or with other settings, for comparison')
        .option('--from <time>', 'begin at the newest recorded snapshot before this event time')
        .option('--to <time>', 'end at this event time')
        .option('--pipeline <file>', 'another pipeline over the same records')
        .option('--diff', 'print what would be new, gone or ranked otherwise as the settings are now')
        .option('--require <module>', 'a module that adds operators, sources or sinks (repeatable)', repeat),
      async () => (await import('./commands/replay.ts')).replay,
    ),
    'caducus run radar.yaml --record rec',
    'caducus replay rec --data-dir ./again',
    'WINDOW=1m caducus replay rec --diff',
  );
}
