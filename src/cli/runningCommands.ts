import type { Command } from 'commander';
import { examples, repeat, type Action } from './shared/commandParts.ts';

/** The commands that look after runs: how they are, and what they could not take. */
export function addRunningCommands(program: Command, action: Action): void {
  examples(
    action(
      program.command('status [pipeline]').description('how running pipelines are, and how the others ended'),
      async () => (await import('./commands/status.ts')).status,
    ),
    'caducus status',
    'caducus status hdfs-radar --json',
  );
  const rejected = program.command('rejected').description('records that could not be taken');
  examples(
    action(
      rejected
        .command('ls [pipeline]')
        .description('rejected records by pipeline and reason, the newest last')
        .option('--limit <n>', 'at most so many of each pipeline', '20'),
      async () => (await import('./commands/rejected.ts')).rejectedLs,
    ),
    'caducus rejected ls',
    'caducus rejected ls hdfs-radar --limit 100',
  );
  examples(
    action(
      rejected.command('show <id>').description('one rejected record: reason, place and original'),
      async () => (await import('./commands/rejected.ts')).rejectedShow,
    ),
    'caducus rejected show k7f2',
  );
  examples(
    action(
      rejected
        .command('retry <pipeline> [ids...]')
        .description('feed rejected records through the pipeline again (its file, or a shipped name); all of them when no id is given')
        .option('--require <module>', 'a module that adds operators, sources or sinks (repeatable)', repeat),
      async () => (await import('./commands/rejected/retry.ts')).rejectedRetry,
    ),
    'caducus rejected retry ./radar.yaml',
    'caducus rejected retry hdfs-radar k7f2 m3qd',
  );
}
