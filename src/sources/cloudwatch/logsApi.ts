import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { awsCaller, type CallerOptions } from '../aws/caller.ts';
import { callLimit } from '../aws/callLimit.ts';
import { clientConfig, loadCloudWatchLogs } from '../aws/client.ts';
import type { SourceContext } from '../source.ts';
import type { CloudWatchOptions } from './options.ts';

export interface LogGroup {
  /** Name, or ARN where the group is of a linked account. */
  name: string;
  account: string | null;
  region: string | null;
}

export interface EventQuery {
  group: string;
  /** Half open, milliseconds since 1970. */
  start: number;
  end: number;
  token: string | undefined;
}

export interface EventPage {
  events: FilteredLogEvent[];
  token: string | undefined;
}

/** What of CloudWatch Logs is used. Every method throws a CaducusError that says what to do. */
export interface LogsApi {
  region(): Promise<string>;
  /** The account of the credentials, where they know it. */
  account(): Promise<string | null>;
  /** Log groups by the beginning of their name, or a part of it. */
  groups(query: { prefix?: string | undefined; pattern?: string | undefined }): Promise<LogGroup[]>;
  events(query: EventQuery): Promise<EventPage>;
  close(): void;
}

/** Name, account and region in `arn:aws:logs:<region>:<account>:log-group:<name>[:*]`; null for anything else. */
export function parseGroupArn(text: string): (LogGroup & { bare: string }) | null {
  const found = /^arn:[^:]+:logs:([^:]+):(\d{12}):log-group:([^:]+)/.exec(text);
  return found ? { name: text, region: found[1]!, account: found[2]!, bare: found[3]! } : null;
}

export interface OpenLogsOptions extends Pick<SourceContext, 'io' | 'id' | 'signal' | 'part'>, Pick<CallerOptions, 'failing'> {
  /** Which share of the calls it may make, where other processes read the other parts; of 1. */
  share?(): number;
}

/** Opens the API over the real SDK. */
export async function openLogsApi(
  options: CloudWatchOptions,
  { io, id, signal, failing, part, share = () => 1 }: OpenLogsOptions,
): Promise<LogsApi> {
  const { CloudWatchLogsClient, DescribeLogGroupsCommand, FilterLogEventsCommand } = await loadCloudWatchLogs(io);
  const open = () => new CloudWatchLogsClient(clientConfig(options));
  let client = open();
  const { AWS_PROFILE, AWS_REGION } = io.env;
  // A source that names its region and one that takes it from the environment share the turns.
  const limit = callLimit(
    io,
    `logs ${options.endpoint ?? ''} ${options.profile ?? AWS_PROFILE ?? ''} ${options.region ?? AWS_REGION ?? ''} ${part?.index ?? ''}`,
  );
  const shared = { io, id, signal, patience: options.patience, failing };
  const call = awsCaller({
    ...shared,
    turn: () => limit.turn(io, 1000 / (options.callsPerSecond * share()), signal),
    renew: () => {
      client.destroy();
      client = open();
    },
  });
  // A caller each: that the region is known does not mean that credentials can be had, so each has the short patience of a start.
  const local = <T>(run: () => Promise<T>) => awsCaller(shared)('logs:FilterLogEvents', run);
  return {
    region: () => local(() => client.config.region()),
    account: async () => (await local(async () => client.config.credentials())).accountId ?? null,
    async groups({ prefix, pattern }) {
      const found: LogGroup[] = [];
      let nextToken: string | undefined;
      do {
        const page = await call('logs:DescribeLogGroups', (how) =>
          client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: prefix, logGroupNamePattern: pattern, nextToken }), how),
        );
        for (const { logGroupName, arn } of page.logGroups ?? []) {
          const { account = null, region = null } = parseGroupArn(arn ?? '') ?? {};
          if (logGroupName !== undefined) found.push({ name: logGroupName, account, region });
        }
        nextToken = page.nextToken;
        // One more than allowed is enough to refuse.
      } while (nextToken !== undefined && found.length <= options.maxLogGroups);
      return found;
    },
    async events({ group, start, end, token }) {
      const named = parseGroupArn(group) ? { logGroupIdentifier: group.replace(/:\*$/, '') } : { logGroupName: group };
      const page = await call('logs:FilterLogEvents', (how) =>
        client.send(
          new FilterLogEventsCommand({
            ...named,
            startTime: start,
            // The API's end is inclusive.
            endTime: end - 1,
            nextToken: token,
            logStreamNamePrefix: options.logStreamPrefix,
            filterPattern: options.filterPattern,
          }),
          how,
        ),
      );
      return { events: page.events ?? [], token: page.nextToken };
    },
    close: () => client.destroy(),
  };
}
