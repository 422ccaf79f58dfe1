import type { JsonObject } from '../../../event.ts';
import type { FieldsOption } from '../../../formats/json/fieldNames.ts';
import { setOwn } from '../../../formats/json/setOwn.ts';
import type { Signal } from '../../../signal.ts';
import { shortHash } from '../../shortHash.ts';
import { LineReader } from '../../lineReader.ts';
import { signalMaker } from '../../toSignals.ts';
import type { Delivery } from '../decode.ts';
import { objectReader } from '../objectRecords.ts';
import type { Shipped } from './protocol.ts';

/** Names under which time, group and id of a shipped record go to the reader of JSON: none that a label could have. */
const names = { time: '\u0001time', group: '\u0001group', id: '\u0001id' };

/**
 * Records of shippers as signals. A line is read as a line of a log is; what the shipper says beside it, such as time, level
 * and labels, holds; a level that Loki guessed does where the line gives none. An object is read as a record in JSON.
 */
export function readShipped(shipped: readonly Shipped[], delivery: Delivery): Signal[] {
  const readLine = lineReader(delivery);
  const readObject = objectReader(delivery);
  const records: Signal[] = [];
  for (const [index, one] of shipped.entries()) {
    const name = index.toString(36).padStart(4, '0');
    const read = one.line === null ? readObject(toObject(one), `${name}-0000`, findRoles(one)) : readLine(one.line, one, name);
    for (const record of read) {
      // Its group has it.
      if (one.group !== null && record.kind === 'event') delete record.event.metadata[names.group];
      records.push(record);
    }
  }
  return records;
}

/** Fields beside a line that give its level where it gives none itself, the surest first. */
const levelNames = ['severity', 'severity_text', 'lvl', 'detected_level'];

function lineReader({ id: source, now, request, kind = 'http' }: Delivery): (line: string, beside: Shipped, name: string) => Signal[] {
  const lines = new LineReader();
  const make = signalMaker({ source });
  const prefix = `${kind}-${shortHash([source], 8)}-${request}`;
  return (line, { time, group, id, fields }, name) =>
    lines.read(line, now).flatMap((item) => {
      if (item.kind === 'refusal') return make([item]);
      const metadata = { ...item.metadata };
      for (const [field, value] of Object.entries(fields)) setOwn(metadata, field, value);
      if (metadata.level === undefined) {
        const name = levelNames.find((one) => fields[one] !== undefined);
        if (name !== undefined) metadata.level = fields[name]!;
      }
      const draft = { ...item, metadata, ...(time !== null && { time }), ...(group !== null && { logicalId: group }) };
      // Two equal lines are two: without an id of their own, they are named by request and place.
      return make([{ ...draft, id: id ?? item.id ?? `${prefix}-${name}` }]);
    });
}

const noRoles: FieldsOption = {};

function toObject({ time, group, id, fields }: Shipped): JsonObject {
  if (time === null && group === null && id === undefined) return fields;
  return {
    ...fields,
    ...(time !== null && { [names.time]: time }),
    ...(group !== null && { [names.group]: group }),
    ...(id !== undefined && { [names.id]: id }),
  };
}

/** What a record names by itself; the reader finds the rest by its usual names. */
const findRoles = ({ time, group, id }: Shipped): FieldsOption =>
  time === null && group === null && id === undefined
    ? noRoles
    : {
        ...(time !== null && { timestamp: names.time }),
        ...(group !== null && { component: names.group }),
        ...(id !== undefined && { id: names.id }),
      };
