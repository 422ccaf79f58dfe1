import { logVerbosity, setLogVerbosity, type MethodDefinition } from '@grpc/grpc-js';

// What goes wrong is said by who asked: nothing is written past the program's own output.
setLogVerbosity(logVerbosity.NONE);

const asIs = (bytes: Buffer): Buffer => bytes;

/**
 * The one call of the service: an ExportLogsServiceRequest is answered by an ExportLogsServiceResponse, both as they are on
 * the wire. Source: opentelemetry-proto, collector/logs/v1/logs_service.proto.
 */
export const exportLogs: MethodDefinition<Buffer, Buffer> = {
  path: '/opentelemetry.proto.collector.logs.v1.LogsService/Export',
  requestStream: false,
  responseStream: false,
  requestSerialize: asIs,
  requestDeserialize: asIs,
  responseSerialize: asIs,
  responseDeserialize: asIs,
};
