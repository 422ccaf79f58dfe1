import { JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream';
import { AuthorizationError, InvalidArgumentError, InvalidSubjectError, PermissionViolationError } from '@nats-io/transport-node';
import { CaducusError, Stale } from 'caducus';
import { isNoRoom } from '../failure.ts';

/** Whether the stream is not there, which a cluster that has just been started may say of one that is. */
export const isNoStream = (error: unknown): boolean =>
  error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound;

const final = [CaducusError, Stale, AuthorizationError, PermissionViolationError, InvalidArgumentError, InvalidSubjectError];

function hasCause(error: unknown, kinds: readonly (new (...given: never[]) => unknown)[]): boolean {
  for (let at = error; at instanceof Error; at = at.cause) if (kinds.some((kind) => at instanceof kind)) return true;
  return false;
}

/** Why something has to be asked again later, for people; null where that does not help. */
export function explainDelay(error: unknown, servers: string): string | null {
  if (hasCause(error, final)) return null;
  if (isNoRoom(error))
    return `JetStream of ${servers} has no room left (${(error as Error).message}): give its disk, or max_file_store, more`;
  if (error instanceof JetStreamApiError) {
    return error.status >= 500 || isNoStream(error) ? `JetStream of ${servers} cannot do it now: ${error.message}` : null;
  }
  return `${servers} does not answer: ${error instanceof Error ? error.message : String(error)}`;
}

const wrongLast: readonly number[] = [JetStreamApiCodes.StreamWrongLastSequence, JetStreamApiCodes.StreamWrongLastSequenceUnknown];

/** Whether a message was refused because another is the newest of its subject, or one is on its way. */
export const isWrongLast = (error: unknown): boolean => error instanceof JetStreamApiError && wrongLast.includes(error.code);
