import { Metadata } from '@grpc/grpc-js';

/** Where a status says more than a code and a message: a google.rpc.Status in protobuf. */
const details = 'grpc-status-details-bin';
const typeUrl = Buffer.from('type.googleapis.com/google.rpc.RetryInfo');

/** A number as protobuf writes it, seven bits a byte. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}

const lengthDelimited = (field: number, bytes: Buffer): Buffer => Buffer.concat([varint(field * 8 + 2), varint(bytes.length), bytes]);
const number = (field: number, value: number): Buffer => Buffer.concat([varint(field * 8), varint(value)]);

/**
 * What tells a sender that it may come again, and after how long: OTLP takes RESOURCE_EXHAUSTED as final without it.
 * Source: googleapis, rpc/status.proto (Status: code 1, message 2, details 3), rpc/error_details.proto (RetryInfo: retry_delay 1).
 */
export function writeRetryInfo(code: number, message: string, seconds: number): Metadata {
  const any = Buffer.concat([lengthDelimited(1, typeUrl), lengthDelimited(2, lengthDelimited(1, number(1, seconds)))]);
  const metadata = new Metadata();
  metadata.set(details, Buffer.concat([number(1, code), lengthDelimited(2, Buffer.from(message)), lengthDelimited(3, any)]));
  return metadata;
}

/** The fields of a message that are bytes or numbers; those of other kinds end it. */
function* fields(bytes: Buffer): Generator<[field: number, value: Buffer | number]> {
  let at = 0;
  const next = (): number => {
    let value = 0;
    for (let shift = 1; at < bytes.length; shift *= 128) {
      const byte = bytes[at++]!;
      value += (byte % 128) * shift;
      if (byte < 128) break;
    }
    return value;
  };
  while (at < bytes.length) {
    const tag = next();
    const value = next();
    if (tag % 8 === 0) yield [Math.floor(tag / 8), value];
    else if (tag % 8 === 2) {
      yield [Math.floor(tag / 8), bytes.subarray(at, at + value)];
      at += value;
    } else return;
  }
}

const within = (bytes: Buffer, field: number): Buffer[] =>
  [...fields(bytes)].flatMap(([number, value]) => (number === field && Buffer.isBuffer(value) ? [value] : []));

/** After how long a receiver wants to be asked again, milliseconds; null where it does not say. */
export function readRetryInfo(metadata: Metadata | undefined): number | null {
  for (const status of metadata?.get(details) ?? [])
    for (const any of Buffer.isBuffer(status) ? within(status, 3) : []) {
      if (!within(any, 1).some((name) => name.equals(typeUrl))) continue;
      const delay = within(any, 2).flatMap((info) => within(info, 1))[0];
      if (!delay) continue;
      const parts = new Map(fields(delay));
      return Number(parts.get(1) ?? 0) * 1000 + Math.ceil(Number(parts.get(2) ?? 0) / 1e6);
    }
  return null;
}
