import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { Kept } from './protocol.ts';

/**
 * An ExportLogsServiceResponse in protobuf: nothing where all was taken, otherwise `partial_success` with
 * `rejected_log_records` and `error_message`. Source: opentelemetry-proto, collector/logs/v1/logs_service.proto.
 */
export function writePartialSuccess({ rejected, why }: Kept): Uint8Array {
  const writer = new BinaryWriter();
  if (rejected > 0) {
    writer.tag(1, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.Varint).int64(rejected);
    writer.tag(2, WireType.LengthDelimited).string(why ?? '');
    writer.join();
  }
  return writer.finish();
}
