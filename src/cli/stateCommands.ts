import type { Command } from 'commander';
import { examples, type Action } from './shared/commandParts.ts';

/** The commands that look after what pipelines remember. */
export function addStateCommands(program: Command, action: Action): void {
  const state = program.command('state').description('what pipelines would go on from');
  examples(
    action(
      state.command('ls').description('the pipelines of the data folder with their newest good checkpoint'),
      async () => (await import('./commands/state.ts')).stateLs,
    ),
    'caducus state ls',
    'caducus state ls --json',
  );
  examples(
    action(
      state.command('show <pipeline>').description('where its sources and sinks stand, and what its operators hold'),
      async () => (await import('./commands/state.ts')).stateShow,
    ),
    'caducus state show hdfs-radar',
  );
  examples(
    action(
      state.command('rm <pipeline>').description('forget it: the next run starts anew'),
      async () => (await import('./commands/state.ts')).stateRm,
    ),
    'caducus state rm hdfs-radar',
  );
}
