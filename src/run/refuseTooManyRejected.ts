import { CaducusError } from '../errors.ts';
import type { Pipeline } from '../pipeline/definition.ts';
import { impliedSource } from './modes/withMarks.ts';
import type { RunReport } from './report.ts';

/** The share of what was read that may be rejected where the pipeline does not say: a reader that fits takes most of it. */
const usual = 0.5;

/** Throws CAD019 when a run has rejected more than the pipeline's `max_rejected`: a count, or below 1 a share of what was read. */
export function refuseTooManyRejected({ file, maxRejected }: Pick<Pipeline, 'file' | 'maxRejected'>, { sources }: RunReport): void {
  // What people said comes beside every input, and says nothing of how that is read.
  const own = sources.filter(({ id }) => id !== impliedSource);
  const rejected = own.reduce((sum, s) => sum + s.rejected, 0);
  const read = own.reduce((sum, s) => sum + s.read, 0);
  const most = maxRejected ?? usual;
  if (rejected <= (most < 1 ? most * read : most)) return;
  const bound = maxRejected === undefined ? 'that is more than half' : `max_rejected is ${maxRejected}`;
  throw new CaducusError('CAD019', file === '' ? {} : { file }, `${rejected} of ${read} records were rejected; ${bound}`);
}
