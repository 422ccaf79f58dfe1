import { ProtobufCursor, wire } from '../../formats/bytes/protobufCursor.ts';

/** What a receiver refused of a batch it took; null when that is nothing, or cannot be read. */
export type PartialSuccess = { count: number; why: string } | null;

const make = (count: number, why: string): PartialSuccess => (count > 0 ? { count, why: why || 'the receiver does not say why' } : null);

/**
 * An ExportLogsServiceResponse, in JSON or protobuf: `partial_success` with `rejected_log_records` and `error_message`.
 * Source: opentelemetry-proto, collector/logs/v1/logs_service.proto.
 */
export function readPartialSuccess(body: Uint8Array, isJson: boolean): PartialSuccess {
  try {
    if (!isJson) return readMessage(body);
    const { partialSuccess } = JSON.parse(Buffer.from(body).toString()) as {
      partialSuccess?: { rejectedLogRecords?: string | number; errorMessage?: string };
    };
    return make(Number(partialSuccess?.rejectedLogRecords ?? 0), String(partialSuccess?.errorMessage ?? ''));
  } catch {
    return null;
  }
}

function readMessage(bytes: Uint8Array): PartialSuccess {
  let [count, why] = [0, ''];
  const cursor = new ProtobufCursor(bytes);
  while (cursor.at < cursor.length) {
    const tag = cursor.varint();
    if (tag !== 8 + wire.bytes) {
      cursor.skip(tag);
      continue;
    }
    for (const end = cursor.enter(); cursor.at < end;) {
      const inner = cursor.varint();
      if (inner === 8 + wire.varint) count = cursor.varint();
      else if (inner === 2 * 8 + wire.bytes) why = cursor.text();
      else cursor.skip(inner);
    }
  }
  return make(count, why);
}
