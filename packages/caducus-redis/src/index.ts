/** What a pipeline file can name of this package: the source and the sink `redis`. */
import { redis as sink } from './sink.ts';
import { redis as source } from './source.ts';

export const sources = [source];
export const sinks = [sink];
