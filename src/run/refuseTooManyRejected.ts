import { CaducusError } from '../errors.ts';
import type { Pipeline } from '../pipeline/definition.ts';
import type { RunReport } from './report.ts';

/** Throws CAD019 when a run has rejected more than the pipeline's `max_rejected`: a count, or below 1 a share of what was read. */
export function refuseTooManyRejected({ file, maxRejected }: Pick<Pipeline, 'file' | 'maxRejected'>, { sources }: RunReport): void {
  const rejected = sources.reduce((sum, s) => sum + s.rejected, 0);
  const read = sources.reduce((sum, s) => sum + s.read, 0);
  if (maxRejected !== undefined && rejected > (maxRejected < 1 ? maxRejected * read : maxRejected)) {
    throw new CaducusError('CAD019', { file }, `${rejected} of ${read} records were rejected; max_rejected is ${maxRejected}`);
  }
}
