import { bareVariables, openSubtrees, schema, type SettingSpec } from '../../../../config/schema.ts';
import { defineCommand } from '../../shared/command.ts';
import { print, printJson, type CliContext } from '../../shared/context.ts';

/** `caducus config docs`: every key with its environment variable, flag, default and meaning. */
export const command = defineCommand({
  examples: ['caducus config docs'],
  run: async (_args, _flags, context) => describeSettings(context),
});

async function describeSettings(context: CliContext): Promise<void> {
  const entries = Object.entries(schema as Record<string, SettingSpec>);
  if (context.json) {
    const keys = entries.map(([key, { doc, env, arg, default: preset }]) => ({ key, env, flag: `--${arg}`, default: preset, doc }));
    return printJson(context, { keys, subtrees: openSubtrees, variables: bareVariables });
  }
  return print(context, [
    ...entries.flatMap(([key, { doc, env, arg, default: preset }]) => [
      `${key}  (${env}, --${arg})  default ${JSON.stringify(preset)}`,
      `    ${doc}`,
    ]),
    ...Object.entries(bareVariables).flatMap(([name, doc]) => [`${name}  (environment only)`, `    ${doc}`]),
    'collectors  (configuration files, --config)',
    '    Sources by id, in the words of a pipeline file: collectors: { app: { file: { path: app.log } } }',
    'guesses  (configuration files, --config)',
    '    A model that is asked what patterns mean; off where no url is named: guesses: { url: http://localhost:11434/v1, model: llama3.2 }',
    'biblicus  (configuration files, --config)',
    '    reinforcement_memory.data_dir and .vector_store.path name the folders; label, infer_cause and synthesize_cause ask for guesses; other keys pass through untouched.',
  ]);
}
