import { fromSaved } from '../../base/saved.ts';
import type { Json } from '../../event.ts';
import type { SavedInstance } from '../../kernel/defineOperator.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import type { Snapshot } from './snapshot.ts';

/** A state as releases before this one put it on disk, to keep memory small. */
interface Spilled {
  key: string;
  version: number;
  seen: number | null;
  state: Json;
}

/**
 * A snapshot of an older release with the states among its keys that it only names by number; `look` finds them, and the
 * null of one that is gone makes the whole null.
 */
export async function unspill(
  saved: Snapshot,
  { operators }: Pick<Pipeline, 'operators'>,
  look: (number: number) => Json | null | Promise<Json | null>,
): Promise<Snapshot | null> {
  const whole: Snapshot['operators'] = [];
  for (const one of saved.operators) {
    const { spilled = [], ...rest } = fromSaved<SavedInstance>(one.state);
    const { migrate } = operators.find(({ id }) => id === one.id)?.operator.spec ?? {};
    const back: SavedInstance['keys'] = [];
    for (const [, number] of spilled) {
      const found = await look(number);
      if (found === null) return null;
      const { key, seen, version, state } = fromSaved<Spilled>(found);
      back.push([key, seen, version < one.stateVersion && migrate ? migrate(state, version) : state, 1]);
    }
    whole.push({ ...one, state: { ...rest, keys: [...back, ...rest.keys] } });
  }
  return { ...saved, operators: whole };
}
