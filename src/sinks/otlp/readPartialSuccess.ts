import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

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
  const outer = new BinaryReader(bytes);
  while (outer.pos < outer.len) {
    const [field, type] = outer.tag();
    if (field !== 1 || type !== WireType.LengthDelimited) {
      outer.skip(type);
      continue;
    }
    const inner = new BinaryReader(outer.bytes());
    while (inner.pos < inner.len) {
      const [number, wire] = inner.tag();
      if (number === 1) count = Number(inner.int64());
      else if (number === 2) why = inner.string();
      else inner.skip(wire);
    }
  }
  return make(count, why);
}
