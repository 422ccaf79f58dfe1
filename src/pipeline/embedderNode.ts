import type { z } from 'zod';
import { CaducusError } from '../errors.ts';
import { embedders } from '../embedders/index.ts';
import type { EmbedderFactory } from '../embedders/embedder.ts';
import { LEXICAL_THRESHOLD } from '../memory/text/lexical.ts';
import { checkValue, type Place } from './checkValue.ts';
import type { EmbedderNode, OperatorNode } from './definition.ts';
import { meantOrKnown } from '../base/text/didYouMean.ts';
import type { Registry } from './registry.ts';

/** What memory makes by itself, without asking anybody. */
const ownEmbedder = 'lexical';

/** The embedders a pipeline file can name: those that come with caducus, and those a program adds. */
export const listEmbedders = ({ embedders: more = [] }: Pick<Registry, 'embedders'>): readonly EmbedderFactory[] => [
  ...embedders.filter(({ spec }) => !more.some((other) => other.spec.name === spec.name)),
  ...more,
];

/**
 * The operator with the vectors it makes by itself, in the place of a model's: what a test of a pipeline runs with, since
 * it has to say the same wherever it runs, and asks nobody.
 */
export function withoutEmbedder(node: OperatorNode): OperatorNode {
  const { embedder, ...rest } = node;
  return embedder
    ? { ...rest, options: { ...(node.options as object), embedder: ownEmbedder, similarityThreshold: LEXICAL_THRESHOLD } }
    : node;
}

interface Checked {
  /** The operator's options with the embedder's name alone: where its vectors come from says nothing about its state. */
  options: unknown;
  /** null for what memory makes by itself. */
  embedder: EmbedderNode | null;
}

/**
 * Checks the option `embedder` of an operator: a name, or one name with its options. `similarityThreshold` becomes the
 * embedder's own where the operator's options give none.
 */
export function checkEmbedder(given: unknown, place: Place, registry: Pick<Registry, 'embedders'>): Checked | { errors: CaducusError[] } {
  const options = given as { embedder: string | Record<string, unknown>; similarityThreshold?: number };
  const at = [...place.path, 'embedder'];
  const known = listEmbedders(registry).map(({ spec }) => spec.name);
  const names = typeof options.embedder === 'string' ? [options.embedder] : Object.keys(options.embedder);
  const [name = '', second] = names;
  if (names.length === 0 || second !== undefined) {
    const what = names.length === 0 ? 'no embedder is named here' : `${names.length} embedders are named here, one is used`;
    const where = second === undefined ? place.yaml.whereIs(at) : place.yaml.whereIsKey(at, second);
    return { errors: [new CaducusError('CAD013', where, what, { hint: `one of: ${known.join(', ')}` })] };
  }
  const factory = listEmbedders(registry).find(({ spec }) => spec.name === name);
  if (!factory) {
    const where = typeof options.embedder === 'string' ? place.yaml.whereIs(at) : place.yaml.whereIsKey(at, name);
    return { errors: [new CaducusError('CAD016', where, `unknown embedder "${name}"`, { hint: meantOrKnown(name, known) })] };
  }
  const own = typeof options.embedder === 'string' ? {} : (options.embedder[name] ?? {});
  const path = typeof options.embedder === 'string' ? at : [...at, name];
  const checked = checkValue(factory.spec.options as z.ZodType, own, { yaml: place.yaml, path });
  if ('errors' in checked) return checked;
  const { similarityThreshold = factory.spec.similarityThreshold } = checked.value as { similarityThreshold?: number };
  return {
    options: { ...options, embedder: name, similarityThreshold: options.similarityThreshold ?? similarityThreshold },
    embedder: name === ownEmbedder ? null : { factory, options: checked.value },
  };
}
