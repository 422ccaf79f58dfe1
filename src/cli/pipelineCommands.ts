import type { Command } from 'commander';
import { examples, repeat, type Action } from './shared/commandParts.ts';

const requireText = 'a module that adds operators, sources or sinks (repeatable)';

/** The commands that check, test, draw and explain pipeline files. */
export function addPipelineCommands(program: Command, action: Action): void {
  examples(
    action(
      program
        .command('validate <files...>')
        .description('check pipeline files without starting anything')
        .option('--connect', 'also open sources and sinks, reading and writing nothing, for at most 10 s')
        .option('--require <module>', requireText, repeat),
      async () => (await import('./commands/validate.ts')).validate,
    ),
    'caducus validate radar.yaml',
    'caducus validate pipelines/*.yaml',
    'caducus validate radar.yaml --connect',
  );
  examples(
    action(
      program
        .command('graph <pipeline>')
        .description('a pipeline file as a Mermaid diagram: sources, operators with their ports, sinks')
        .option('--require <module>', requireText, repeat),
      async () => (await import('./commands/graph.ts')).graph,
    ),
    'caducus graph radar.yaml',
    'caducus graph hdfs-radar > radar.mmd',
  );
  examples(
    action(
      program
        .command('schema')
        .description('the JSON Schema of pipeline files, for editors')
        .option('--require <module>', requireText, repeat),
      async () => (await import('./commands/schema.ts')).schema,
    ),
    'caducus schema > pipeline.schema.json',
    'caducus schema --require ./plugin.mjs > pipeline.schema.json',
  );
  examples(
    action(
      program
        .command('list [kind] [name]')
        .description('operators, sources, sinks, embedders and pipelines, with their options')
        .option('--require <module>', requireText, repeat),
      async () => (await import('./commands/list.ts')).list,
    ),
    'caducus list operators',
    'caducus list sources file',
  );
  examples(
    action(
      program
        .command('test [files...]')
        .description('run the tests that stand in pipeline files (the shipped ones when none is named)')
        .option('--junit <file>', 'write the results as JUnit XML too')
        .option('--update', 'rewrite what is expected and does not hold with what came, in the files that are named')
        .option('--require <module>', requireText, repeat),
      async () => (await import('./commands/test.ts')).test,
    ),
    'caducus test radar.yaml',
    'caducus test --junit results.xml',
    'caducus test radar.yaml --update && git diff radar.yaml',
  );
}
