import type { HttpRequest } from '../../../io/network.ts';
import type { Decode } from '../decode.ts';
import { messageRecords } from '../messageBody.ts';
import type { Answer, FindRoute } from '../listener.ts';
import { protocols } from './index.ts';
import type { Kept, Shipped, ShipperRequest } from './protocol.ts';
import { readShipped } from './readShipped.ts';

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

/** Reads a body as records of a shipper; a message of a sender that is known, among them, says what it means. */
export const shippedBody =
  (read: (body: Buffer) => Shipped[]): Decode =>
  async (body, context) => {
    const shipped = read(body);
    const own = (index: number) => ({ ...context, request: `${context.request}-${index}` });
    const asked = { ...context };
    const messages = shipped.map((one, index) => {
      if (one.line !== null) return null;
      asked.request = `${context.request}-${index}`;
      return messageRecords(one.fields, asked);
    });
    if (messages.every((records) => records === null)) return { records: readShipped(shipped, context) };
    return { records: shipped.flatMap((one, index) => messages[index] ?? readShipped([one], own(index))) };
  };

/** How the body of a request is read by its protocol, and what is answered. The route was found before. */
export function readShipper(request: HttpRequest): { decode: Decode; answer(kept: Kept, body: Buffer): Answer } {
  const asked = readRequest(request);
  const protocol = protocols.find((one) => one.matches(asked))!;
  return {
    decode: shippedBody((body) => protocol.decode(body, asked)),
    answer: (kept, body) => protocol.answer(kept, body, asked),
  };
}
