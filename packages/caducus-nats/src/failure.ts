import { JetStreamApiError } from '@nats-io/jetstream';
import { AuthorizationError, PermissionViolationError, UserAuthenticationExpiredError } from '@nats-io/transport-node';
import { CaducusError } from 'caducus';

/** Where it happened. */
export interface Place {
  /** The part of the pipeline, such as `sources.in`. */
  path: string;
  /** Addresses, for messages. */
  servers: string;
}

const isRefusal = (error: unknown) =>
  error instanceof AuthorizationError || error instanceof UserAuthenticationExpiredError || error instanceof PermissionViolationError;

/** The client names this class and does not export it. */
const isWithoutJetStream = (error: unknown) => error instanceof Error && error.name === 'JetStreamNotEnabled';

/**
 * What a server answers that has no room: its disk is full, or `max_file_store`, or what an account or a stream may hold.
 * https://github.com/nats-io/nats-server/blob/main/server/errors.json
 */
const noRoom = new Set([10002, 10023, 10028, 10047, 10077, 10122]);

/** Whether a server refuses for want of room. */
export const isNoRoom = (error: unknown): boolean => error instanceof JetStreamApiError && noRoom.has(error.code);

/** A cluster that has no leader yet, or just lost it. */
const noLeader = 10008;

/** The cause that says most: failures of a request stand behind a general one. */
function findCause(error: unknown): Error {
  let at = error instanceof Error ? error : new Error(String(error));
  while (at.cause instanceof Error) at = at.cause;
  return at;
}

/** An error of the client as one that says what to do: refused, without JetStream, or out of reach. */
export function nameFailure(error: unknown, { path, servers }: Place): CaducusError {
  if (error instanceof CaducusError) return error;
  const cause = findCause(error);
  const { message } = cause;
  if (isRefusal(error) || isRefusal(cause))
    return new CaducusError('CAD020', { path }, `${servers} refuses: ${message}`, {
      cause: error,
      hint: 'Check credentials_file, token, or user and password, and what that user may do.',
    });
  if (isWithoutJetStream(error) || isWithoutJetStream(cause))
    return new CaducusError('CAD020', { path }, `${servers} has no JetStream for this user`, {
      cause: error,
      hint: 'Start the server with --jetstream, or enable it for the account; behind a leaf node name its domain.',
    });
  if (isNoRoom(error))
    return new CaducusError('CAD020', { path }, `JetStream of ${servers} has no room: ${message}`, {
      cause: error,
      hint: 'Give its disk, max_file_store or the account more, or remove what is needed no more.',
    });
  if (error instanceof JetStreamApiError && error.code === noLeader)
    return new CaducusError('CAD066', { path }, `JetStream of ${servers} has no leader: ${message}`, {
      cause: error,
      hint: 'Start the other servers of the cluster: most of them have to be there.',
    });
  if (error instanceof JetStreamApiError)
    return new CaducusError('CAD020', { path }, `JetStream refuses: ${message}`, {
      cause: error,
      hint: 'Check the options of this part.',
    });
  return new CaducusError('CAD066', { path }, `${servers} does not answer: ${message}`, {
    cause: error,
    hint: 'Check address, port and TLS, and that the server runs.',
  });
}
