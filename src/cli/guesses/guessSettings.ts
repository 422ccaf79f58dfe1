import { memorySettings } from '../../../config/memorySettings.ts';
import type { Json, JsonObject } from '../../event.ts';
import { guessOptions, type GuessOptions } from '../../guesses/options.ts';
import { checkSubtree } from '../../pipeline/checkSubtree.ts';
import type { GuessPart } from '../../results/guess.ts';
import type { LoadedSettings } from '../settings/settings.ts';

/** What the configuration says of guesses, and the keys below `biblicus.reinforcement_memory` that say it. */
export interface GuessSettings {
  /** null where they are off. */
  options: GuessOptions | null;
  memoryKeys: string[];
}

/** What each key of `biblicus.reinforcement_memory` asks for, the one first whose model is taken: one call asks one model. */
const asked: readonly (readonly [setting: 'synthesizeCause' | 'inferCause' | 'label', key: string, part: GuessPart])[] = [
  ['synthesizeCause', 'synthesize_cause', 'summary'],
  ['inferCause', 'infer_cause', 'causes'],
  ['label', 'label', 'labels'],
];

/** Names that an endpoint, its model and its key have there, by ours. */
const names: Readonly<Record<string, readonly string[]>> = {
  url: ['url', 'base_url', 'api_base'],
  model: ['model'],
  api_key_env: ['api_key_env'],
  max_tokens: ['max_tokens'],
};

/**
 * The subtree `guesses` of the configuration, on top of what `label`, `infer_cause` and `synthesize_cause` of
 * `biblicus.reinforcement_memory` say: each asks for its part, and may name the endpoint. Off where no endpoint is named.
 * Throws CaducusErrors at the places of what cannot stand.
 */
export function readGuessSettings({ open, whereIs }: Pick<LoadedSettings, 'open' | 'whereIs'>): GuessSettings {
  const own = open['guesses'];
  const memory = memorySettings(open);
  const used = asked.filter(([setting]) => isOn(memory[setting]));
  const given: JsonObject = { ...(used.length > 0 ? { ask: used.map(([, , part]) => part) } : {}) };
  for (const [setting] of used.toReversed()) Object.assign(given, readEndpoint(memory[setting]!));
  Object.assign(given, isObject(own) ? own : {});
  if (!isObject(own) && given['url'] === undefined) return { options: null, memoryKeys: [] };
  return { options: checkSubtree(guessOptions, 'guesses', given, whereIs), memoryKeys: used.map(([, key]) => key) };
}

const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

const isOn = (value: Json | undefined): boolean =>
  value === true || (isObject(value) && value['enabled'] !== false && value['on'] !== false);

function readEndpoint(value: Json): JsonObject {
  if (!isObject(value)) return {};
  const found = Object.entries(names).flatMap(([ours, theirs]): [string, Json][] => {
    const name = theirs.find((one) => Object.hasOwn(value, one));
    return name === undefined ? [] : [[ours, value[name]!]];
  });
  return Object.fromEntries(found);
}
