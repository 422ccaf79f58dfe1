/** What a pipeline file can name of this package: the source and the sink `otlp-grpc`. */
import { otlpGrpc as sink } from './sink.ts';
import { otlpGrpc as source } from './source.ts';

export const sources = [source];
export const sinks = [sink];
