/** What a pipeline file can name of this package: the source `s3`. */
import { s3 } from './source.ts';

export const sources = [s3];
