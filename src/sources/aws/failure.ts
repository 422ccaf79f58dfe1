import { CaducusError, type ErrorCode } from '../../errors.ts';

/** What a failed call means: try again (and how patiently), sign in anew once, or give up at once with that code. */
export type FailureKind = 'throttled' | 'busy' | 'network' | 'expired' | 'fatal';

export interface Failure {
  kind: FailureKind;
  code: ErrorCode;
  /** What to say when it is the end, without secrets. */
  what: string;
}

interface SdkError {
  name?: unknown;
  code?: unknown;
  message?: unknown;
  cause?: unknown;
  $metadata?: { httpStatusCode?: number };
}

const byName = (kind: FailureKind, code: ErrorCode, names: readonly string[]) => names.map((name) => [name, { kind, code }] as const);

/** Names as AWS and the SDK spell them; SQS answers with both the old query names and the new ones. */
const known = new Map<string, { kind: FailureKind; code: ErrorCode }>([
  ...byName('throttled', 'CAD067', [
    'ThrottlingException',
    'Throttling',
    'ThrottledException',
    'RequestThrottled',
    'RequestThrottledException',
    'TooManyRequestsException',
    'RequestLimitExceeded',
    'SlowDown',
    'LimitExceededException',
    'OverLimit',
    'KmsThrottled',
    'AWS.SimpleQueueService.OverLimit',
  ]),
  ...byName('busy', 'CAD067', [
    'ServiceUnavailableException',
    'ServiceUnavailable',
    'InternalFailure',
    'InternalError',
    'InternalServerError',
    'RequestTimeTooSkewed',
    'OperationAbortedException',
  ]),
  ...byName('network', 'CAD066', [
    'TimeoutError',
    'ECONNREFUSED',
    'ECONNRESET',
    'ENOTFOUND',
    'EAI_AGAIN',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'EPIPE',
    'ENETDOWN',
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ]),
  ...byName('expired', 'CAD063', ['ExpiredTokenException', 'ExpiredToken', 'TokenRefreshRequired', 'RequestExpired']),
  ...byName('fatal', 'CAD060', [
    'CredentialsProviderError',
    'TokenProviderError',
    'MissingAuthenticationTokenException',
    'MissingAuthenticationToken',
  ]),
  // No call touches a file: one that is missing or locked is of the credential chain, such as a web identity's token.
  ...byName('fatal', 'CAD060', ['ENOENT', 'EACCES', 'EPERM', 'EISDIR']),
  ...byName('fatal', 'CAD062', [
    'AccessDeniedException',
    'AccessDenied',
    'KmsAccessDenied',
    'NotAuthorized',
    'AuthorizationError',
    'OptInRequired',
  ]),
  ...byName('fatal', 'CAD068', [
    'UnrecognizedClientException',
    'InvalidClientTokenId',
    'InvalidSignatureException',
    'SignatureDoesNotMatch',
    'IncompleteSignature',
    'InvalidAccessKeyId',
    'AuthFailure',
  ]),
  ...byName('fatal', 'CAD064', ['ResourceNotFoundException']),
  ...byName('fatal', 'CAD065', ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue', 'QueueDeletedRecently', 'InvalidAddress']),
]);

/** Codes of nested network errors come first: an AggregateError of two refused connections has no name of its own. */
function listNames(error: SdkError): string[] {
  const names = [error.name, error.code].filter((name): name is string => typeof name === 'string');
  const nested = error.cause ?? (error instanceof AggregateError ? error.errors[0] : undefined);
  return nested && typeof nested === 'object' ? [...names, ...listNames(nested as SdkError)] : names;
}

/** Sorts an error of the SDK, of the network or of the credential chain. `action` is the IAM action, such as `logs:FilterLogEvents`. */
export function makeFailure(error: unknown, action: string): Failure {
  const sdk = (typeof error === 'object' && error !== null ? error : { message: String(error) }) as SdkError;
  const message = String(sdk.message || listNames(sdk).join(' ')).slice(0, 500);
  if (/region is missing/i.test(message)) return { kind: 'fatal', code: 'CAD061', what: 'no region is set' };
  if (/could not be found|could not resolve credentials/i.test(message) && /profile|credential/i.test(message)) {
    return { kind: 'fatal', code: 'CAD060', what: message };
  }
  for (const name of listNames(sdk)) {
    // Made too long before it was sent: the clock is near enough, and the next one is made anew.
    const found = isLateSignature(name, message) ? lateSignature : known.get(name);
    if (found) return { ...found, what: sentence(found.code, action, name, message) };
  }
  const status = sdk.$metadata?.httpStatusCode;
  if (status === 429) return { kind: 'throttled', code: 'CAD067', what: sentence('CAD067', action, '429', message) };
  if (status !== undefined && status >= 500)
    return { kind: 'busy', code: 'CAD067', what: sentence('CAD067', action, String(status), message) };
  // A refusal that is none of the known ones, and what does not come from the wire at all.
  const name = status === undefined ? String(sdk.name) : `HTTP ${status} ${String(sdk.name)}`;
  return { kind: 'fatal', code: status === undefined ? 'CAD001' : 'CAD069', what: `${action}: ${name}: ${message}` };
}

const lateSignature = { kind: 'expired', code: 'CAD068' } as const;
const isLateSignature = (name: string, message: string): boolean =>
  /^(InvalidSignatureException|SignatureDoesNotMatch)$/.test(name) && /signature expired|not yet current/i.test(message);

function sentence(code: ErrorCode, action: string, name: string, message: string): string {
  if (code === 'CAD062') return `${action} is not allowed: ${message}`;
  if (code === 'CAD060') return `no credentials were found for ${action}: ${message}`;
  return `${action}: ${name}: ${message}`;
}

/** The error a person sees. */
export const failureError = ({ code, what }: Failure, source: string, cause: unknown): CaducusError =>
  new CaducusError(code, { path: `sources.${source}` }, what, { cause });
