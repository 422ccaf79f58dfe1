import type { HttpHeaders } from '../../../io/network.ts';
import type { Json, JsonObject } from '../../../event.ts';

/** A request of a shipper, as far as its protocol shows in it. */
export interface ShipperRequest {
  method: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  headers: HttpHeaders;
}

/** A record as a shipper sent it: an object whose fields have their usual names, or a line of text with what is known beside it. */
export interface Shipped {
  /** The line, or null where `fields` hold the whole record. */
  line: string | null;
  /** Milliseconds since 1970; null where the record itself says. */
  time: number | null;
  /** What makes the group, where the protocol names it. */
  group: string | null;
  /** Given where the protocol has one, so that what is sent twice counts once. */
  id?: string;
  fields: JsonObject;
}

/** Records of a body that are on disk: those that are of use, and those that could not be read, with the first reason. */
export interface Kept {
  accepted: number;
  rejected: number;
  why: string | null;
}

/** A protocol that shippers of logs speak over HTTP. */
export interface Protocol {
  name: string;
  /** Whether the request is one of it. */
  matches(request: ShipperRequest): boolean;
  /** What is answered to requests without a body: questions for version and health. null for those that bring records. */
  greet?(request: ShipperRequest): Json | null;
  /** The records in a body. Throws a SyntaxError for a body that is none of it. */
  decode(body: Buffer, request: ShipperRequest): Shipped[];
  /** The token a request proves itself by, where not `Authorization: Bearer`. */
  token?(request: ShipperRequest): string | undefined;
  /** What its senders expect as answer once the records are on disk: status and body (null: none). */
  answer(kept: Kept, body: Buffer, request: ShipperRequest): { status: number; body: Json | Uint8Array | null };
}

/** A body that must be JSON. */
export const parseJson = (body: Buffer | string): Json => JSON.parse(typeof body === 'string' ? body : body.toString('utf8')) as Json;

/** Whether a request brings protobuf. */
export const isProtobuf = ({ headers }: ShipperRequest): boolean => /protobuf/.test(headers['content-type'] ?? '');
