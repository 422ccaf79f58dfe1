/**
 * The library: sources are cold Observables of signals, operators are ordinary RxJS operators over them, pipeline files
 * compile to one such operator.
 */
export type { Event, Json, JsonObject, Level } from './event.ts';
export type * from './signal.ts';
export { CaducusError, CaducusErrors, catalogue } from './errors.ts';
export { nodeIo, type Io } from './io.ts';
export { readNamed, readSecret } from './io/readNamed.ts';
export { recordText } from './base/recordText.ts';
export type { Trouble } from './base/trouble.ts';

export { byteSize, duration, fieldAt, fieldPath, frequency, signalKind } from '../config/scalars.ts';
export { compileMatcher, pattern, type Matcher } from './base/pattern.ts';
export { compileTemplate } from './kernel/template/compileTemplate.ts';
export { templateText } from './kernel/template/templateText.ts';
export {
  defineOperator,
  foldedChanges,
  foldedOptions,
  keyedChanges,
  keyedOptions,
  RunClock,
  type Emit,
  type Flow,
  type Machine,
  type Operator,
} from './kernel/defineOperator.ts';
export * from '../operators/index.ts';
export { ofKind, type OfKind } from '../operators/ofKind.ts';

export { defineSource, sourceOptions, type OpenSource, type Source, type SourceBatch, type SourceContext } from './sources/source.ts';
export { PayloadReader, type Payload } from './sources/payloadReader.ts';
export { isLoopback, listenAddress, splitAddress } from './sources/listenAddress.ts';
export { openOtlpInbox, type Exported, type OtlpInbox } from './sources/otlpInbox.ts';
export { unpackSnappy } from './formats/bytes/snappy.ts';
export { readObject, type ObjectToRead } from './sources/objects/readObject.ts';
export { findBegin } from './sources/file/firstStamp.ts';
export { sideBySide } from './sources/file/sideBySide.ts';
export { awsOptions } from './sources/aws/options.ts';
export { awsCaller } from './sources/aws/caller.ts';
export { clientConfig } from './sources/aws/client.ts';
export { openQueueApi, type QueueApi } from './sources/sqs/queueApi.ts';
export { formatOption, type FormatOption } from './formats/index.ts';
export type { ParserPosition } from './formats/format.ts';
export * from './sources/index.ts';
export { defineSink, selectOption, type OpenSink, type ReadySink, type Sink, type SinkContext, type SinkCounters } from './sinks/sink.ts';
export { makeRecord } from './sinks/makeRecord.ts';
export { encodeLogs } from './sinks/otlp/encodeLogs.ts';
export { writeExport } from './sinks/otlp/logRecords.ts';
export { readPartialSuccess } from './sinks/otlp/readPartialSuccess.ts';
export { openShipment, shipmentOptions } from './sinks/shipping/shipmentSink.ts';
export type { Carry, Outcome } from './sinks/shipping/shipment.ts';
export type { Parcel } from './sinks/shipping/parcel.ts';
export { wholeJson } from './sinks/webhook/wholeJson.ts';
export * from './sinks/index.ts';
export { toSink } from './sinks/toSink.ts';

export { defineEmbedder, type Embedder, type EmbedderContext, type EmbedderFactory, type Embedding } from './embedders/embedder.ts';
export { embedders } from './embedders/index.ts';
export { openEmbedder } from './embedders/openEmbedder.ts';
export { nearestTopics, type NearestTopicsQuery, type TopicText } from './embedders/nearestTopics.ts';
export { openFolderVectorStore } from './embedders/folderVectorStore.ts';
export type { NearestQuery, Neighbour, OpenVectorStore, StoredVector, VectorStore } from './embedders/vectorStore.ts';
export type { TextVector, VectorsSignal } from './memory/topics/vectors.ts';

export { checkBudget } from './safeguards/checkBudget.ts';
export { createLedger, type BudgetResult, type Ledger, type LedgerState, type SpendRecord } from './safeguards/budget/ledger.ts';
export { checkAnomalySpike } from './safeguards/checkAnomalySpike.ts';
export { createAdaptive, type AdaptiveDetector } from './safeguards/adaptiveDetector.ts';
export { createRatio, type RatioDetector } from './safeguards/ratioDetector.ts';
export { evaluateCircuitBreaker } from './safeguards/evaluateCircuitBreaker.ts';
export { createBreaker, type Breaker, type BreakerState, type Transition } from './safeguards/breaker/breakerMachine.ts';
export { CallDenied, type GuardOptions } from './safeguards/breaker/guard.ts';

export { Stale, type Engine, type Lease, type Message, type Transport, type TransportOptions } from './engine/transport.ts';
export { compile, run } from './run/entry.ts';
export { builtins } from './pipeline/builtins.ts';
export { extend, type Registry } from './pipeline/registry.ts';
export type { RunReport } from './run/report.ts';
