import type { Command } from 'commander';
import { examples, type Action } from './shared/commandParts.ts';

/** The commands that try it on files of its own. */
export function addDemoCommands(program: Command, action: Action): void {
  const demo = program.command('demo').description('try it on the demo data');
  examples(
    action(
      demo
        .command('init [folder]')
        .description('write a quiet hour, an incident and a pipeline file: what docs/tutorial.md plays with')
        .option('--force', 'write over files that are there already'),
      async () => (await import('./commands/demo/init.ts')).demoInit,
    ),
    'caducus demo init',
    'caducus demo init ./try && caducus radar ./try/quiet.log',
  );
  examples(
    action(
      demo
        .command('ingest')
        .description('write the rows of a demo CSV into the store, one JSON file each')
        .requiredOption('--input <file>', 'the CSV file'),
      async () => (await import('./commands/demo.ts')).ingest,
    ),
    'caducus demo ingest --input fixtures/demo_hdfs_sample.csv --data-dir ./d',
  );
  examples(
    action(
      demo
        .command('run')
        .description('ingest, then analyze one group')
        .requiredOption('--input <file>', 'the CSV file')
        .requiredOption('--group-id <id>', 'the group'),
      async () => (await import('./commands/demo.ts')).demoRun,
    ),
    'caducus demo run --input fixtures/demo_hdfs_sample.csv --group-id "hdfs-demo:DataNode" --data-dir ./d',
  );
}
