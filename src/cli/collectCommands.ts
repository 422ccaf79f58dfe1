import type { Command } from 'commander';
import { examples, repeat, type Action } from './shared/commandParts.ts';

/** The commands that fetch data from elsewhere: `collect`, and `download` below `demo`, which must be there already. */
export function addCollectCommands(program: Command, action: Action): void {
  const demo = program.commands.find((command) => command.name() === 'demo')!;
  examples(
    action(
      program
        .command('collect')
        .description('run the collectors of the configuration into the store')
        .option('--collector <id>', 'only this one (repeatable)', repeat)
        .option('--once', 'end when everything there is has been read')
        .option('--follow', 'go on until stopped, whatever the configuration says')
        .option('--since <time>', 'where a collector without a cursor begins (ISO 8601, or -1h)')
        .option('--dry-run', 'read and count, write nothing, delete nothing, move no cursor')
        .option('--require <module>', 'a module that adds sources (repeatable)', repeat),
      async () => (await import('./commands/collect.ts')).collect,
    ),
    'caducus collect --once',
    'caducus collect --collector auth --collector orders-dlq --since -1h',
    'caducus collect --dry-run --once',
  );
  examples(
    action(
      demo
        .command('download')
        .description('download rows of an open data set into a CSV of the demo')
        .requiredOption('--dataset <name>', 'hdfs_v1 or bgl')
        .requiredOption('--output <file>', 'the CSV file to write')
        .requiredOption('--max-rows <n>', 'at most so many rows')
        .option('--anchor-now <time>', 'shift all times so that the newest is this moment (ISO 8601)')
        .option('--from <url>', 'another address of the rows API, such as a mirror'),
      async () => (await import('./commands/demo/download.ts')).download,
    ),
    'caducus demo download --dataset hdfs_v1 --output hdfs.csv --max-rows 20000',
    'caducus demo download --dataset bgl --output bgl.csv --max-rows 5000 --anchor-now 2026-03-14T03:05:00Z',
  );
}
