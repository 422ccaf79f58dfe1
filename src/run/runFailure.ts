import { MachineFailure } from '../kernel/defineOperator.ts';
import { CaducusError } from '../errors.ts';
import { ioFailure } from './ioFailure.ts';

/** What a failed run throws. `retried`: at a restart the record it failed at is tried once more, then set aside. */
export function runFailure(error: unknown, retried: boolean): unknown {
  if (!(error instanceof MachineFailure)) return ioFailure(error, {});
  const hint = 'Start it again: should it fail at the same record, that record is set aside and the run goes on.';
  return new CaducusError('CAD001', { path: error.operator }, error.message, { cause: error, ...(retried && { hint }) });
}
