import type { Command } from 'commander';
import { examples, repeat, type Action } from './shared/commandParts.ts';
import { addConfigCommands } from './configCommands.ts';
import { addCollectCommands } from './collectCommands.ts';
import { addDemoCommands } from './demoCommands.ts';
import { addMemoryCommands } from './memoryCommands.ts';
import { addModelCommands } from './modelCommands.ts';
import { addPipelineCommands } from './pipelineCommands.ts';
import { addReplayCommands } from './replayCommands.ts';
import { addRunningCommands } from './runningCommands.ts';
import { addStateCommands } from './stateCommands.ts';

/** Every command of the program: its words, its flags, its examples, and where its body is. */
export function addCommands(program: Command, action: Action): void {
  examples(
    action(
      program
        .command('run <pipeline>')
        .description('run a pipeline file, or a shipped pipeline by name')
        .option('--require <module>', 'a module that adds operators, sources or sinks (repeatable)', repeat)
        .option('--fresh', 'forget the saved state and start anew')
        .option('--follow', 'go on until stopped, whatever the file says: files are read as they grow')
        .option('--dry-run', 'show what it finds and would send; store, send, delete and remember nothing')
        .option('--record <folder>', 'keep everything that comes, so that caducus replay can run it again')
        .option('--quiet', 'no summary at the end'),
      async () => (await import('./commands/run.ts')).run,
    ),
    'caducus run hdfs-radar',
    'LOG=app.csv caducus run ./radar.yaml',
    'caducus run radar.yaml --follow',
  );
  examples(
    action(
      program
        .command('radar [files...]')
        .description('the radar of files, of standard input (-), or of the store')
        .option('--format <name>', 'how the input is read (default: found out from its first lines)')
        .option('--by <field>', 'what makes a group', 'group_id')
        .option('--window <duration>', 'length of a window (default: about a twelfth of the input)')
        .option('--top <n>', 'how many patterns are listed', '8')
        .option('--learned', 'of files: go on from what caducus learn was given, as the radar of the store does')
        .option('--all', 'every window, not only the last')
        .option('--group <id>', 'from the store: this group only')
        .option('--summary', 'print the end-of-run summary on stderr'),
      async () => (await import('./commands/radar.ts')).radar,
    ),
    'caducus radar app.log',
    'journalctl -o json -n 50000 | caducus radar -',
    "cat events.ndjson | caducus radar - --json | jq '.blips[0]'",
  );
  examples(
    action(
      program
        .command('ack <id>')
        .description('say that somebody is on it: a finding, an episode, a pattern or a group')
        .option('--for <duration>', 'for how long (default: until it is resolved)')
        .option('--until <time>', 'until when (ISO 8601, or +2h)')
        .option('--note <text>', 'what is being done')
        .option('--link <url>', 'where more is written')
        .option('--who <name>', 'who says so (default: $USER)'),
      async () => (await import('./commands/ack.ts')).ack,
    ),
    'caducus ack k7f2 --for 2h --note "swapping disk" --link https://tracker.example/INC-1042',
  );
  examples(
    action(
      program
        .command('silence <id>')
        .description('tell nobody of it for a while')
        .option('--for <duration>', 'for how long')
        .option('--from <time>', 'from when on (ISO 8601, or +1h; default: now)')
        .option('--until <time>', 'until when, or until the pattern does that anew: rising, new, returning, gone')
        .option('--comment <text>', 'why')
        .option('--link <url>', 'where more is written')
        .option('--who <name>', 'who says so (default: $USER)'),
      async () => (await import('./commands/silence.ts')).silence,
    ),
    'caducus silence f3a9 --for 2h --comment "load test"',
    'caducus silence s5vd --until rising',
    'caducus silence k7f2 --from 2026-03-14T22:00Z --for 4h',
  );
  examples(
    action(
      program
        .command('note <id> [text]')
        .description('write down what is known about it')
        .option('--link <url>', 'where more is written')
        .option('--who <name>', 'who says so (default: $USER)'),
      async () => (await import('./commands/note.ts')).note,
    ),
    'caducus note e4aa "disk swapped" --link https://tracker.example/INC-0987',
  );
  examples(
    action(
      program
        .command('resolve <id>')
        .description('declare a finding or an episode over')
        .option('--note <text>', 'why')
        .option('--who <name>', 'who says so (default: $USER)'),
      async () => (await import('./commands/resolve.ts')).resolve,
    ),
    'caducus resolve e7c1 --note "false alarm"',
  );
  examples(
    action(
      program
        .command('change <text>')
        .description('mark a deploy or another change, so that what follows it says so')
        .option('--at <time>', 'when it was (ISO 8601, or -10m; default: now)')
        .option('--link <url>', 'where more is written')
        .option('--who <name>', 'who says so (default: $USER)'),
      async () => (await import('./commands/change.ts')).change,
    ),
    'caducus change "orders v412"',
    'caducus change "hdfs-config r214" --at 2026-03-14T02:58Z',
  );
  examples(
    action(program.command('groups').description('the groups of the store'), async () => (await import('./commands/groups.ts')).groups),
    'caducus groups --data-dir ./d',
  );
  addMemoryCommands(program, action);
  examples(
    action(
      program.command('analyze').description('what is in a group of the store, ranked').requiredOption('--group-id <id>', 'the group'),
      async () => (await import('./commands/analyze.ts')).analyze,
    ),
    "caducus analyze --group-id 'hdfs-demo:DataNode' --data-dir ./d",
  );
  addRunningCommands(program, action);
  addStateCommands(program, action);
  addPipelineCommands(program, action);
  addReplayCommands(program, action);
  addConfigCommands(program, action);
  addDemoCommands(program, action);
  addCollectCommands(program, action);
  addModelCommands(program, action);
}
