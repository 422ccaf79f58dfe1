/** What a pipeline file can name of this package: the sink `postgres`. */
import { postgres } from './sink.ts';

export const sinks = [postgres];
