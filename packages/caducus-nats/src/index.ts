/** What a pipeline file can name of this package, the source and the sink `nats`, and the engine of `--engine nats://...`. */
import { nats as engine, tls } from './engine/index.ts';
import { nats as sink } from './sink.ts';
import { nats as source } from './source.ts';

export const sources = [source];
export const sinks = [sink];
export const engines = [engine, tls];

export { jetStreamTransport, type JetStreamOptions, type JetStreamTransport } from './engine/jetStreamTransport.ts';
