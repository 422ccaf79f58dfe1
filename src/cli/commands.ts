import type { Command } from 'commander';
import type { CommandBody } from './commandBody.ts';

export type Action = (command: Command, body: () => Promise<CommandBody>) => Command;

const examples = (command: Command, ...lines: string[]) => command.addHelpText('after', `\nExamples:\n${lines.map((l) => `  $ ${l}`).join('\n')}`);

/** Every command of the program: its words, its flags, its examples, and where its body is. */
export function addCommands(program: Command, action: Action): void {
  examples(
    action(
      program.command('run <pipeline>').description('run a pipeline file, or a shipped pipeline by name')
        .option('--require <module>', 'a module that adds operators, sources or sinks (repeatable)', (v: string, all: string[] = []) => [...all, v])
        .option('--fresh', 'forget the saved state and start anew')
        .option('--quiet', 'no summary at the end'),
      async () => (await import('./run.ts')).run,
    ),
    'caducus run hdfs-radar', 'LOG=app.csv caducus run ./radar.yaml', 'caducus run radar.yaml --json',
  );
  examples(
    action(
      program.command('radar [files...]').description('the radar of files, of standard input (-), or of the store')
        .option('--format <name>', 'how the input is read (default: found out from its first lines)')
        .option('--by <field>', 'what makes a group', 'group_id')
        .option('--window <duration>', 'length of a window (default: about a twelfth of the input)')
        .option('--top <n>', 'how many patterns are listed', '8')
        .option('--all', 'every window, not only the last')
        .option('--group <id>', 'from the store: this group only')
        .option('--summary', 'print the end-of-run summary on stderr'),
      async () => (await import('./radar.ts')).radar,
    ),
    'caducus radar app.log', 'journalctl -o json -n 50000 | caducus radar -', "cat events.ndjson | caducus radar - --json | jq '.blips[0]'",
  );
  examples(
    action(program.command('groups').description('the groups of the store'), async () => (await import('./groups.ts')).groups),
    'caducus groups --data-dir ./d',
  );
  examples(
    action(
      program.command('events').description('events of the store')
        .option('--group <id>', 'of this group')
        .option('--since <time>', 'not before this time (ISO 8601, or -1h)')
        .option('--until <time>', 'before this time')
        .option('--grep <pattern>', 'whose text matches (RE2 syntax)')
        .option('--limit <n>', 'at most so many', '100'),
      async () => (await import('./events.ts')).events,
    ),
    "caducus events --group 'hdfs-demo:DataNode' --grep 'exception' --limit 20",
  );
  examples(
    action(
      program.command('topics').description('the patterns of the store by group')
        .option('--group <id>', 'of this group'),
      async () => (await import('./topics.ts')).topics,
    ),
    "caducus topics --group 'hdfs-demo:DataNode'",
  );
  examples(
    action(
      program.command('analyze').description('what is in a group of the store, ranked').requiredOption('--group-id <id>', 'the group'),
      async () => (await import('./analyze.ts')).analyze,
    ),
    "caducus analyze --group-id 'hdfs-demo:DataNode' --data-dir ./d",
  );
  examples(
    action(
      program.command('validate <files...>').description('check pipeline files without starting anything'),
      async () => (await import('./validate.ts')).validate,
    ),
    'caducus validate radar.yaml', 'caducus validate pipelines/*.yaml',
  );
  examples(
    action(
      program.command('list [kind] [name]').description('operators, sources, sinks and pipelines, with their options'),
      async () => (await import('./list.ts')).list,
    ),
    'caducus list operators', 'caducus list sources file',
  );
  examples(
    action(
      program.command('test [files...]').description('run the tests that stand in pipeline files (the shipped ones when none is named)')
        .option('--junit <file>', 'write the results as JUnit XML too')
        .option('--require <module>', 'a module that adds operators, sources or sinks (repeatable)', (v: string, all: string[] = []) => [...all, v]),
      async () => (await import('./test.ts')).test,
    ),
    'caducus test radar.yaml', 'caducus test --junit results.xml',
  );
  const demo = program.command('demo').description('try it on the demo data');
  examples(
    action(
      demo.command('ingest').description('write the rows of a demo CSV into the store, one JSON file each')
        .requiredOption('--input <file>', 'the CSV file'),
      async () => (await import('./demo.ts')).ingest,
    ),
    'caducus demo ingest --input fixtures/demo_hdfs_sample.csv --data-dir ./d',
  );
  examples(
    action(
      demo.command('run').description('ingest, then analyze one group')
        .requiredOption('--input <file>', 'the CSV file')
        .requiredOption('--group-id <id>', 'the group'),
      async () => (await import('./demo.ts')).demoRun,
    ),
    'caducus demo run --input fixtures/demo_hdfs_sample.csv --group-id "hdfs-demo:DataNode" --data-dir ./d',
  );
}
