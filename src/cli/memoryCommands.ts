import type { Command } from 'commander';
import { examples, repeat, type Action } from './shared/commandParts.ts';

const ofPipeline = 'of what this pipeline knows (default: the run that wrote last)';

/** The flags that say which events are meant. */
const selection = (command: Command): Command =>
  command
    .option('--group <id>', 'of this group')
    .option('--pattern <id>', 'that belong to the pattern, or the pattern of the finding, whose id begins so')
    .option('--state <state>', 'whose pattern is now new, returning, rising, falling, gone or steady')
    .option('--pipeline <name>', ofPipeline)
    .option('--since <time>', 'not before this time (ISO 8601, 03:05Z, or -1h)')
    .option('--until <time>', 'before this time')
    .option('--grep <pattern>', 'whose text matches (RE2 syntax)');

/** The commands of what was learned: `explain`, `context`, `learn`, `events`, `export`, `topics`. */
export function addMemoryCommands(program: Command, action: Action): void {
  examples(
    action(
      program
        .command('explain <id>')
        .description('why a pattern or a finding stands where it stands, with the evidence')
        .option('--pipeline <name>', ofPipeline),
      async () => (await import('./commands/explain.ts')).explain,
    ),
    'caducus explain k7f2',
    "caducus explain k7f2 --json | jq '.blip.bits'",
  );
  examples(
    action(
      program
        .command('context [text...]')
        .description('what is known around a text, a pattern or a time: what is like it, what moved beside it, the past')
        .option('--at <time>', 'what moved at this time (ISO 8601, 03:05Z, or -1h)')
        .option('--pipeline <name>', ofPipeline)
        .option('--require <module>', 'a module that adds embedders or a vector store (repeatable)', repeat),
      async () => (await import('./commands/context.ts')).context,
    ),
    'caducus context "disk failure on dn2"',
    'caducus context k7f2',
    'caducus context --at 03:07Z',
  );
  examples(
    action(
      program
        .command('learn <files...>')
        .description('teach a pipeline, or the radar of the store, what is usual; nothing is told, nothing fires')
        .option('--pipeline <name|file>', 'the pipeline that is taught (default: the radar of the store)')
        .option('--source <id>', 'the source of the pipeline whose events the files hold, where it has several')
        .option('--format <name>', 'how the files are read (default: as that source does)')
        .option('--by <field>', 'of the radar of the store: what makes a group', 'group_id')
        .option('--window <duration>', 'of the radar of the store: length of a window (default: about a twelfth of the files)')
        .option('--require <module>', 'a module that adds operators, sources or sinks (repeatable)', repeat)
        .option('--fresh', 'forget what was learned before'),
      async () => (await import('./commands/learn.ts')).learn,
    ),
    'caducus learn quiet.log --pipeline radar.yaml',
    'caducus learn last-week/*.log --window 5m',
  );
  examples(
    action(
      selection(
        program.command('events').description('events of the store; by pattern or state, of what the run saw that knows it'),
      ).option('--limit <n>', 'at most so many', '100'),
      async () => (await import('./commands/events.ts')).events,
    ),
    "caducus events --group 'hdfs-demo:DataNode' --grep 'exception' --limit 20",
    'caducus events --pattern k7f2 --since 03:05Z',
    'caducus events --state new --json',
  );
  examples(
    action(
      selection(
        program
          .command('export [target]')
          .description('events into a folder of single files with their analysis, or as ndjson or csv into a file or onto standard output'),
      )
        .option('--limit <n>', 'at most so many')
        .option('--format <name>', 'folder, ndjson or csv (default: by the ending of the target; without a target ndjson)')
        .option(
          '--fields <names>',
          'of csv: the columns, with commas between, dots for what is inside (default: id,timestamp,source,group_id,metadata.level,text,metadata)',
        )
        .option('--no-analysis', 'of a folder: events only'),
      async () => (await import('./commands/export.ts')).exportCommand,
    ),
    'caducus export ./copy',
    "caducus export --since -1h | jq -r '.text'",
    'caducus export errors.csv --grep error --fields timestamp,group_id,text',
  );
  examples(
    action(
      program
        .command('topics')
        .description('the patterns that are known, by group: of the store, or of the run that wrote last')
        .option('--group <id>', 'of this group')
        .option('--state <state>', 'that are now new, returning, rising, falling, gone or steady')
        .option('--lineage', 'what became one with what, and when, newest first')
        .option('--pipeline <name>', 'of what this pipeline knows'),
      async () => (await import('./commands/topics.ts')).topics,
    ),
    "caducus topics --group 'hdfs-demo:DataNode'",
    'caducus topics --state new --json',
    'caducus topics --lineage',
  );
}
