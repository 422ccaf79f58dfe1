import { z } from 'zod';
import { memoryPath, readSchemaKeys } from '../../../../config/memorySettings.ts';
import type { JsonObject } from '../../../event.ts';
import { readGuessSettings } from '../../guesses/guessSettings.ts';
import { loadCollectors } from '../../../pipeline/collectors.ts';
import { withPackages } from '../../../pipeline/packages/withPackages.ts';
import { count } from '../../../views/text/numbers.ts';
import { defineCommand } from '../../shared/command.ts';
import { print, printJson, type CliContext } from '../../shared/context.ts';
import { requireFlag } from '../../shared/flags.ts';
import { loadContext } from '../../shared/loadContext.ts';

/**
 * `caducus config check`: whether everything in the layers can stand, collectors included. What cannot is an error with
 * file, line and column (exit 78), as it is for every other command.
 */
export const command = defineCommand({
  flags: z.strictObject({ require: requireFlag('sources') }),
  examples: ['caducus config check', 'caducus config check -c staging.yml'],
  run: async (_args, { require }, context) => checkSettings(require, context),
});

async function checkSettings(require: readonly string[], context: CliContext): Promise<void> {
  const { layered } = context;
  const collectors = await withPackages(await loadContext({ require }, context), '.', context.io, (reading) =>
    loadCollectors((layered.open['collectors'] ?? {}) as JsonObject, reading, layered.whereIs),
  );
  const layers = layered.layers.map((l) => l.origin);
  const guesses = readGuessSettings(layered);
  const kept = unusedMemoryKeys(layered.open, guesses.memoryKeys);
  if (context.json)
    return printJson(context, {
      ok: true,
      layers,
      collectors: collectors.map((c) => c.id),
      ...(guesses.options && { guesses: { url: guesses.options.url, model: guesses.options.model, ask: guesses.options.ask } }),
      kept,
    });
  return print(context, [
    `configuration ok: ${count(layers.length)} ${layers.length === 1 ? 'layer' : 'layers'} above the defaults, ${count(collectors.length)} ${collectors.length === 1 ? 'collector' : 'collectors'}`,
    ...layers.map((name) => `  ${name}`),
    ...(guesses.options ? [`  guesses by ${guesses.options.model} at ${guesses.options.url}: ${guesses.options.ask.join(', ')}`] : []),
    ...kept.map((key) => `  kept as it is, no part of caducus asks for it: ${key}`),
  ]);
}

/** Keys beside and below `biblicus.reinforcement_memory` that mean nothing here: other programs share the file. */
function unusedMemoryKeys(open: JsonObject, guessKeys: readonly string[]): string[] {
  const shared = (open['biblicus'] ?? {}) as JsonObject;
  const memory = (shared[memoryPath[1]] ?? {}) as JsonObject;
  const used = new Set([...readSchemaKeys({ biblicus: shared }).map(({ path }) => path[2]), ...guessKeys]);
  return [
    ...Object.keys(shared)
      .filter((key) => key !== memoryPath[1])
      .map((key) => `biblicus.${key}`),
    ...Object.keys(memory)
      .filter((key) => !used.has(key))
      .map((key) => [...memoryPath, key].join('.')),
  ];
}
