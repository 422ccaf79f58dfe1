/** What a pipeline file can name of this package: the source and the sink `kafka`. */
import { kafka as sink } from './sink.ts';
import { kafka as source } from './source.ts';

export const sources = [source];
export const sinks = [sink];
