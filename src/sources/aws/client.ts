import type { CloudWatchLogsClientConfig } from '@aws-sdk/client-cloudwatch-logs';
import type { Io } from '../../io.ts';
import type { AwsPlace } from './options.ts';

/** Longest wait for a connection; with the retries that follow, "unreachable" is reported within 10 s. */
const connectionTimeoutMs = 2_000;
/** Longest wait for an answer; SQS's long poll takes up to 20 s of it. */
const requestTimeoutMs = 45_000;

/** What the clients of all services know. */
export type SharedConfig = Pick<
  CloudWatchLogsClientConfig,
  'maxAttempts' | 'requestHandler' | 'region' | 'profile' | 'endpoint' | 'disableHostPrefix'
>;

/**
 * Configuration of an SDK client. One attempt a call: the SDK would retry on timers of its own and past the calls-a-second
 * limit, so `awsCaller` repeats calls instead.
 */
export function clientConfig({ region, profile, endpoint }: AwsPlace): SharedConfig {
  return {
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: connectionTimeoutMs,
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
    },
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
    // Some operations put a prefix in front of the host name, which a custom endpoint does not have.
    ...(endpoint !== undefined && { endpoint, disableHostPrefix: true }),
  };
}

/** The SDK warns on stderr about the age of Node on every start; that is stated in our own documentation instead. */
function quiet(io: Io): void {
  Object.assign(io.env, { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' });
}

/** Loads the SDK's CloudWatch Logs client: 20 MB that a pipeline without it never pays for. */
export async function loadCloudWatchLogs(io: Io): Promise<typeof import('@aws-sdk/client-cloudwatch-logs')> {
  quiet(io);
  return import('@aws-sdk/client-cloudwatch-logs');
}

/** Loads the SDK's SQS client, when it is needed. */
export async function loadSqs(io: Io): Promise<typeof import('@aws-sdk/client-sqs')> {
  quiet(io);
  return import('@aws-sdk/client-sqs');
}
