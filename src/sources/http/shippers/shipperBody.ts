import type { HttpRequest } from '../../../io/network.ts';
import type { JsonObject } from '../../../event.ts';
import type { FieldsOption } from '../../../formats/json/fieldNames.ts';
import type { Decode } from '../decode.ts';
import { readRecords } from '../jsonBody.ts';
import { messageRecords } from '../messageBody.ts';
import type { Answer, FindRoute } from '../listener.ts';
import { protocols } from './index.ts';
import type { Shipped, ShipperRequest } from './protocol.ts';

/** Names under which line, time, group and id of a shipped record go to the reader of JSON: none that a label could have. */
const names = { line: '\u0001line', time: '\u0001time', group: '\u0001group', id: '\u0001id' };

const toObject = ({ line, time, group, id, fields }: Shipped): JsonObject => ({
  ...fields,
  ...(line !== null && { [names.line]: line }),
  ...(time !== null && { [names.time]: time }),
  ...(group !== null && { [names.group]: group }),
  ...(id !== undefined && { [names.id]: id }),
});

/** What a record names by itself; the reader finds the rest by its usual names. */
const findRoles = ({ line, time, group, id }: Shipped): FieldsOption => ({
  ...(line !== null && { text: names.line }),
  ...(time !== null && { timestamp: names.time }),
  ...(group !== null && { component: names.group }),
  ...(id !== undefined && { id: names.id }),
});

function readRequest({ method = '', url = '', headers }: HttpRequest): ShipperRequest {
  const { pathname, searchParams } = new URL(url, 'http://listener');
  return { method, path: pathname, query: searchParams, headers };
}

/** What a path of the listener stands for: that of a protocol of shippers. */
export const findShipperRoute: FindRoute = (request) => {
  const asked = readRequest(request);
  const protocol = protocols.find((one) => one.matches(asked));
  if (!protocol) return null;
  const greeting = protocol.greet?.(asked) ?? null;
  return { greeting: greeting === null ? null : { status: 200, body: greeting }, token: protocol.token?.(asked) };
};

/** How the body of a request is read by its protocol, and what is answered. The route was found before. */
export function readShipper(request: HttpRequest): { decode: Decode; answer(count: number, body: Buffer): Answer } {
  const asked = readRequest(request);
  const protocol = protocols.find((one) => one.matches(asked))!;
  return {
    decode: async (body, context) => {
      const shipped = protocol.decode(body, asked);
      const own = (index: number) => ({ ...context, request: `${context.request}-${index}` });
      const read = shipped.map((one, index) => (one.line === null ? messageRecords(one.fields, own(index)) : null));
      // Records of one request nearly always name the same: they are read together.
      const kinds = new Set(shipped.map((one) => Object.keys(findRoles(one)).join()));
      if (kinds.size === 1 && read.every((records) => records === null))
        return { records: readRecords(shipped.map(toObject), context, findRoles(shipped[0]!)) };
      return { records: shipped.flatMap((one, index) => read[index] ?? readRecords([toObject(one)], own(index), findRoles(one))) };
    },
    answer: (count, body) => protocol.answer(count, body, asked),
  };
}
