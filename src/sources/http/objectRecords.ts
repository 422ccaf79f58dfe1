import type { JsonObject } from '../../event.ts';
import type { FieldsOption } from '../../formats/json/fieldNames.ts';
import { isTooDeep } from '../../formats/json/jsonProblem.ts';
import { canonicalDraft, objectDraft } from '../../formats/json/objectDraft.ts';
import { StampClock } from '../../formats/time/stampClock.ts';
import { originalBytes } from '../../formats/format.ts';
import type { Signal } from '../../signal.ts';
import { shortHash } from '../shortHash.ts';
import { signalMaker } from '../toSignals.ts';
import type { Delivery } from './decode.ts';

/** Records that are objects already stand nowhere in a text. */
const nowhere = { line: 1, offset: 0 };

/**
 * Reads objects as `ndjson` reads lines of them, without a text in between. A record that names no time has that of the
 * arrival; one that names no id is called by `name`, its own in the request.
 */
export function objectReader({
  id,
  now,
  request,
  kind = 'http',
}: Delivery): (record: JsonObject, name: string, fields: FieldsOption) => Signal[] {
  const make = signalMaker({ source: id });
  const clock = new StampClock({ timeZone: 'UTC', dayFirst: false }, now);
  const prefix = `${kind}-${shortHash([id], 8)}-${request}`;
  return (record, name, fields) => {
    const draft = isTooDeep(record)
      ? 'nested too deep'
      : (canonicalDraft(record, '', nowhere) ?? objectDraft(record, { fields, clock }, '', nowhere));
    if (typeof draft === 'string')
      return make([{ kind: 'refusal', reason: draft, original: JSON.stringify(record).slice(0, originalBytes), ...nowhere }]);
    if (Number.isNaN(draft.time)) {
      draft.time = now;
      draft.borrowed = 'reference';
    }
    if (draft.event === undefined) draft.id ??= `${prefix}-${name}`;
    return make([draft]);
  };
}
