import type { CommandEntry } from '../shared/command.ts';
import type { CommandList } from '../shared/addCommands.ts';

const entry = (words: string, summary: string, load: CommandEntry['load']): CommandEntry => ({ words, summary, load });

/**
 * Every command of the program, under the headings of its help. A command is an entry here and a file beside this one.
 * One folder, because a command is found by its name, as it is typed.
 */
const commands: CommandList['commands'] = {
  Look: [
    entry('radar', 'the radar of files, of standard input (-), or of the store', () => import('./radar.ts')),
    entry('inspect', 'how an input is read: its times, levels, groups and text, with a line of each kind', () => import('./inspect.ts')),
    entry('explain', 'why a pattern or a finding stands where it stands, with the evidence', () => import('./explain.ts')),
    entry(
      'context',
      'what is known around a text, a pattern or a time: what is like it, what moved beside it, the past',
      () => import('./context.ts'),
    ),
    entry('episodes', 'what moved together and when, in all that is known, the latest first', () => import('./episodes.ts')),
    entry('entity', 'the story of a host, a pod, a user, a volume: when, where, in which patterns, with whom', () => import('./entity.ts')),
    entry('incidents', 'past and present incidents: which is the return of which, and what ended each', () => import('./incidents.ts')),
    entry('incident', 'one incident as a timeline: what changed, what moved, who was sent it and answered', () => import('./incident.ts')),
    entry('postmortem', 'the draft of a post-mortem, from evidence alone', () => import('./postmortem.ts')),
    entry(
      'guess',
      'what a model makes of an episode or a pattern, where one is configured; --dry-run shows what would be sent',
      () => import('./guess.ts'),
    ),
    entry(
      'diff',
      'what is new, gone, more, fewer, slower or faster in one file, time, group or version than in another',
      () => import('./diff.ts'),
    ),
    entry('events', 'events of the store; by pattern or state, of what the run saw that knows it', () => import('./events.ts')),
    entry('topics', 'the patterns that are known, by group: of the store, or of the run that wrote last', () => import('./topics.ts')),
    entry('groups', 'the groups of the store', () => import('./groups.ts')),
    entry(
      'why-not',
      'what became of something that was not sent to anybody, and the first place that stopped it',
      () => import('./whyNot.ts'),
    ),
    entry('deliveries', 'what was sent when, to whom, and what they answered', () => import('./deliveries.ts')),
    entry('coverage', 'which groups should be there and are, and how well each is read', () => import('./coverage.ts')),
    entry('status', 'how running pipelines are, and how the others ended', () => import('./status.ts')),
    entry('tap', 'a sample of what flows at a point of a running pipeline', () => import('./tap.ts')),
    entry('top', 'a running pipeline, live: what is unusual, and how its parts stand', () => import('./top.ts')),
  ],
  Answer: [
    entry('ack', 'say that somebody is on it: a finding, an episode, a pattern or a group', () => import('./ack.ts')),
    entry('silence', 'tell nobody of it for a while', () => import('./silence.ts')),
    entry('note', 'write down what is known about it', () => import('./note.ts')),
    entry('resolve', 'declare a finding or an episode over', () => import('./resolve.ts')),
    entry('useful', 'say that it was good to be notified of it: counted for its rule', () => import('./useful.ts')),
    entry('useless', 'say that nobody needed to be notified of it: counted against its rule', () => import('./useless.ts')),
    entry('change', 'mark a deploy or another change, so that what follows it says so', () => import('./change.ts')),
  ],
  Watch: [
    entry('init', 'a pipeline file that reads a file as its radar does', () => import('./init.ts')),
    entry('run', 'run a pipeline file, or a shipped pipeline by name', () => import('./run.ts')),
    entry('serve', 'the radar of the store, of files or of a recording, in a browser', () => import('./serve.ts')),
    entry('reload', 'a running pipeline takes its file as it is now, without losing an event', () => import('./reload.ts')),
    entry('collect', 'run the collectors of the configuration into the store', () => import('./collect.ts')),
    entry(
      'learn',
      'teach a pipeline, or the radar of the store, what is usual; nothing is sent, nothing fires',
      () => import('./learn.ts'),
    ),
    entry('replay', 'run a recording again, byte for byte; or with other settings, for comparison', () => import('./replay.ts')),
    entry(
      'backtest',
      'what a pipeline would have sent to people in a time that is over, beside the incidents they know; nothing is sent',
      () => import('./backtest.ts'),
    ),
  ],
  'Pipeline files': [
    entry('validate', 'check pipeline files without starting anything', () => import('./validate.ts')),
    entry('test', 'run the tests that stand in pipeline files (the shipped ones when none is named)', () => import('./test.ts')),
    entry('graph', 'a pipeline file as a Mermaid diagram: sources, operators with their ports, sinks', () => import('./graph.ts')),
    entry('list', 'operators, sources, sinks, embedders and pipelines, with their options', () => import('./list.ts')),
    entry('schema', 'the JSON Schema of pipeline files, for editors', () => import('./schema.ts')),
  ],
  'What is kept': [
    entry('analyze', 'what is in a group of the store, ranked', () => import('./analyze.ts')),
    entry(
      'export',
      'events into a folder of single files with their analysis, or as ndjson or csv into a file or onto standard output',
      () => import('./export.ts'),
    ),
    entry('rejected ls', 'rejected records by pipeline and reason, the newest last', () => import('./rejected/ls.ts')),
    entry('rejected show', 'one rejected record: reason, place and original', () => import('./rejected/show.ts')),
    entry(
      'rejected retry',
      'feed rejected records through the pipeline again (its file, or a shipped name); all of them when no id is given',
      () => import('./rejected/retry.ts'),
    ),
    entry('state ls', 'the pipelines of the data folder with their newest good checkpoint', () => import('./state/ls.ts')),
    entry('state show', 'where its sources and sinks stand, and what its operators hold', () => import('./state/show.ts')),
    entry('state mv', 'a pipeline with a new name goes on with what it knew', () => import('./state/mv.ts')),
    entry('state rm', 'forget it: the next run starts anew', () => import('./state/rm.ts')),
  ],
  'Set up': [
    entry('options', 'the options that every command has', () => import('./options.ts')),
    entry('completion', 'a script that lets bash, zsh or fish complete what is typed', () => import('./completion.ts')),
    entry('config show', 'each value in force, secrets masked', () => import('./config/show.ts')),
    entry('config check', 'whether every layer and the collectors can stand', () => import('./config/check.ts')),
    entry('config docs', 'every key with its variable, flag, default and meaning', () => import('./config/docs.ts')),
    entry(
      'demo init',
      'write a quiet hour, an incident, an earlier one, an access log and a pipeline file: what docs/tutorial.md plays with',
      () => import('./demo/init.ts'),
    ),
    entry('demo ingest', 'write the rows of a demo CSV into the store, one JSON file each', () => import('./demo/ingest.ts')),
    entry('demo run', 'ingest, then analyze one group', () => import('./demo/run.ts')),
    entry('demo download', 'download rows of an open data set into a CSV of the demo', () => import('./demo/download.ts')),
    entry('model fetch', 'download it once, 28 MB; goes on where it was cut off, and checks every file', () => import('./model/fetch.ts')),
    entry('model verify', 'compare every file with the published one', () => import('./model/verify.ts')),
    entry('model path', 'print the folder it is kept in', () => import('./model/path.ts')),
  ],
};

const holders = {
  rejected: 'records that could not be taken',
  state: 'what pipelines would go on from',
  config: 'the configuration in force, whether it can stand, what there is to set',
  demo: 'try it on the demo data',
  model: 'the model of the universal-sentence-encoder embedder',
};

export const commandList: CommandList = { commands, holders };
