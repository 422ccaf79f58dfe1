/** What a pipeline file can name of this package: the source and the sink `nats`. */
import { nats as sink } from './sink.ts';
import { nats as source } from './source.ts';

export const sources = [source];
export const sinks = [sink];
