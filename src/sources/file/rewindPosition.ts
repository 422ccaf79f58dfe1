import type { Json } from '../../event.ts';
import { findChain } from './fileFinder.ts';
import { makePosition, readPosition } from './fileState.ts';

/** The position at which these logs stand where they stood in theirs, and the others where they stand in it. */
export function rewindPosition(position: Json, chains: ReadonlyMap<string, Json>): Json {
  const all = readPosition(position);
  const others = all.filter((state) => !chains.has(findChain(state)));
  const rewound = [...chains].flatMap(([chain, marked]) => readPosition(marked).filter((state) => findChain(state) === chain));
  const place = new Map(all.map(({ node }, i) => [node, i]));
  return makePosition([...others, ...rewound].toSorted((a, b) => (place.get(a.node) ?? 0) - (place.get(b.node) ?? 0)));
}
