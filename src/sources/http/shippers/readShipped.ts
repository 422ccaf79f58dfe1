import type { JsonObject } from '../../../event.ts';
import type { FieldsOption } from '../../../formats/json/fieldNames.ts';
import { setOwn } from '../../../formats/json/setOwn.ts';
import type { Signal } from '../../../signal.ts';
import { shortHash } from '../../shortHash.ts';
import { LineReader } from '../../lineReader.ts';
import { signalMaker } from '../../toSignals.ts';
import type { Delivery } from '../decode.ts';
import { readRecords } from '../jsonBody.ts';
import type { Shipped } from './protocol.ts';

/** Names under which time, group and id of a shipped record go to the reader of JSON: none that a label could have. */
const names = { time: '\u0001time', group: '\u0001group', id: '\u0001id' };

/**
 * Records of shippers as signals. A line is read as a line of a log is; what the shipper says beside it, such as time, level
 * and labels, holds; a level that Loki guessed does where the line gives none. An object is read as a record in JSON.
 */
export function readShipped(shipped: readonly Shipped[], delivery: Delivery): Signal[] {
  const reader = new LineReader();
  return shipped.flatMap((one, index) => {
    const own = { ...delivery, request: `${delivery.request}-${index.toString(36).padStart(4, '0')}` };
    return one.line === null ? readRecords([toObject(one)], own, findRoles(one)) : readLine(one.line, one, own, reader);
  });
}

function readLine(
  line: string,
  { time, group, id, fields }: Shipped,
  { id: source, now, request, kind = 'http' }: Delivery,
  reader: LineReader,
): Signal[] {
  const make = signalMaker({ source });
  return reader.read(line, now).flatMap((item) => {
    if (item.kind === 'refusal') return make([item]);
    const metadata = { ...item.metadata };
    for (const [name, value] of Object.entries(fields)) setOwn(metadata, name, value);
    if (metadata.level === undefined && fields.detected_level !== undefined) metadata.level = fields.detected_level;
    const draft = { ...item, metadata, ...(time !== null && { time }), ...(group !== null && { logicalId: group }) };
    // Two equal lines are two: without an id of their own, they are named by request and place.
    const name = id ?? item.id ?? `${kind}-${shortHash([source], 8)}-${request}`;
    return make([{ ...draft, id: name }]);
  });
}

function toObject({ time, group, id, fields }: Shipped): JsonObject {
  return {
    ...fields,
    ...(time !== null && { [names.time]: time }),
    ...(group !== null && { [names.group]: group }),
    ...(id !== undefined && { [names.id]: id }),
  };
}

/** What a record names by itself; the reader finds the rest by its usual names. */
const findRoles = ({ time, group, id }: Shipped): FieldsOption => ({
  ...(time !== null && { timestamp: names.time }),
  ...(group !== null && { component: names.group }),
  ...(id !== undefined && { id: names.id }),
});
