import { bareVariables, openSubtrees, schema, type SettingSpec } from '../../../config/schema.ts';
import { memoryPath, schemaKeysOf } from '../../../config/memorySettings.ts';
import type { JsonObject } from '../../event.ts';
import { loadCollectors } from '../../pipeline/collectors.ts';
import { count } from '../../views/numbers.ts';
import type { CommandBody } from '../shared/commandBody.ts';
import { print, printJson } from '../shared/context.ts';
import { loadContext } from '../shared/loadContext.ts';
import { settingRows } from '../settings/settingRows.ts';

/** `caducus config show [--origin]`: each value in force, secrets masked, and with `--origin` what set it. */
export const configShow: CommandBody = async (_args, flags, context) => {
  const rows = settingRows(context.layered);
  const origin = flags['origin'] === true;
  if (context.json)
    return printJson(context, Object.fromEntries(rows.map((r) => [r.key, origin ? { value: r.value, origin: r.origin } : r.value])));
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : JSON.stringify(value));
  const keys = Math.max(...rows.map((r) => r.key.length));
  const values = Math.max(...rows.map((r) => text(r.value).length));
  return print(
    context,
    rows.map((r) =>
      origin ? `${r.key.padEnd(keys)}  ${text(r.value).padEnd(values)}  ${r.origin}` : `${r.key.padEnd(keys)}  ${text(r.value)}`,
    ),
  );
};

/**
 * `caducus config check`: whether everything in the layers can stand, collectors included. What cannot is an error with
 * file, line and column (exit 78), as it is for every other command.
 */
export const configCheck: CommandBody = async (_args, flags, context) => {
  const { layered } = context;
  const collectors = loadCollectors((layered.open['collectors'] ?? {}) as JsonObject, await loadContext(flags, context), layered.whereIs);
  const layers = layered.layers.map((l) => l.origin);
  const kept = unusedMemoryKeys(layered.open);
  if (context.json) return printJson(context, { ok: true, layers, collectors: collectors.map((c) => c.id), kept });
  return print(context, [
    `configuration ok: ${count(layers.length)} ${layers.length === 1 ? 'layer' : 'layers'} above the defaults, ${count(collectors.length)} ${collectors.length === 1 ? 'collector' : 'collectors'}`,
    ...layers.map((name) => `  ${name}`),
    ...kept.map((key) => `  kept as it is, no part of caducus asks for it: ${key}`),
  ]);
};

/** Keys beside and below `biblicus.reinforcement_memory` that mean nothing here: other programs share the file. */
function unusedMemoryKeys(open: JsonObject): string[] {
  const shared = (open['biblicus'] ?? {}) as JsonObject;
  const memory = (shared[memoryPath[1]] ?? {}) as JsonObject;
  const used = new Set(schemaKeysOf({ biblicus: shared }).map(({ path }) => path[2]));
  return [
    ...Object.keys(shared)
      .filter((key) => key !== memoryPath[1])
      .map((key) => `biblicus.${key}`),
    ...Object.keys(memory)
      .filter((key) => !used.has(key))
      .map((key) => [...memoryPath, key].join('.')),
  ];
}

/** `caducus config docs`: every key with its environment variable, flag, default and meaning. */
export const configDocs: CommandBody = async (_args, _flags, context) => {
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
    'biblicus  (configuration files, --config)',
    '    reinforcement_memory.data_dir and .vector_store.path name the folders; other keys pass through untouched.',
  ]);
};
