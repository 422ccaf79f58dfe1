import { CaducusError } from 'caducus';

/** What only a person can mend: who asks, what it may do, and what is asked for. Names as Kafka's protocol has them. */
const refusals = new Set([
  'TOPIC_AUTHORIZATION_FAILED',
  'GROUP_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'SASL_AUTHENTICATION_FAILED',
  'UNSUPPORTED_SASL_MECHANISM',
  'ILLEGAL_SASL_STATE',
  'UNKNOWN_TOPIC_OR_PARTITION',
  'INVALID_TOPIC_EXCEPTION',
  'INVALID_GROUP_ID',
  'INCONSISTENT_GROUP_PROTOCOL',
  'UNSUPPORTED_VERSION',
  'UNSUPPORTED_COMPRESSION_TYPE',
]);
const refusalNames = new Set([
  'KafkaJSSASLAuthenticationError',
  'KafkaJSServerDoesNotSupportApiKey',
  'KafkaJSNotImplemented',
  'KafkaJSUnsupportedMagicByteInMessageSet',
]);

type KafkaFailure = Error & { type?: string; code?: string };

/** The error under those that say how often was tried. */
export function findCause(error: unknown): KafkaFailure {
  const { cause } = error as Error;
  return cause instanceof Error ? findCause(cause) : (error as KafkaFailure);
}

export function isRefusal(error: unknown): boolean {
  const { name, type } = findCause(error);
  return refusalNames.has(name) || (type !== undefined && refusals.has(type));
}

/** What went wrong, in a line. */
export function explain(error: unknown): string {
  const { message, type } = findCause(error);
  return type !== undefined && !message.includes(type) ? `${type}: ${message}` : message;
}

/** An error of the client as one that says what to do. */
export function nameFailure(error: unknown, path: string, brokers: string): CaducusError {
  if (error instanceof CaducusError) return error;
  const isRefused = isRefusal(error);
  return new CaducusError(isRefused ? 'CAD020' : 'CAD066', { path }, `${brokers}: ${explain(error)}`, {
    cause: error,
    hint: isRefused
      ? 'Check user, password and mechanism, what that user may do (READ on the topic and the group, WRITE on the topic), and that the topic is there: kafka-topics --list.'
      : 'Check address, port and TLS, that the brokers run, and that the addresses they advertise can be reached from here.',
  });
}
