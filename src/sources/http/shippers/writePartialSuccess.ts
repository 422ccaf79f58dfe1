import { ProtobufWriter } from '../../../formats/bytes/protobufWriter.ts';
import type { Kept } from './protocol.ts';

/**
 * An ExportLogsServiceResponse in protobuf: nothing where all was taken, otherwise `partial_success` with
 * `rejected_log_records` and `error_message`. Source: opentelemetry-proto, collector/logs/v1/logs_service.proto.
 */
export function writePartialSuccess({ rejected, why }: Kept): Uint8Array {
  const writer = new ProtobufWriter();
  if (rejected > 0)
    writer
      .begin(1)
      .int(1, rejected)
      .text(2, why ?? '')
      .end();
  return writer.finish();
}
