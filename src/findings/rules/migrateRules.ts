import type { Json, JsonObject } from '../../event.ts';

/**
 * Before version 2 each rule had a finding of its own for the same thing. The first of them goes on as the one there is;
 * the others keep a place of their own, where nothing holds them: they end by two clear looks.
 */
export function migrateRules(state: Json): Json {
  const { cases, ...others } = state as JsonObject;
  const taken = new Set<string>();
  const open = (cases as JsonObject[]).map(({ told: emitted, ...one }): JsonObject => {
    const key = `${String(one.kind)}\0${String(one.subject)}`;
    const subject = taken.has(key) ? `${String(one.subject)}\0${String(one.rule)}` : one.subject!;
    taken.add(key);
    return { ...one, subject, emitted: emitted!, holds: [[one.rule!, one.since!]], extent: null, already_on: false };
  });
  return { ...others, cases: open, alreadyOn: [] };
}
