import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface StoredEvent {
  id: string;
  stream: string;
  timestamp: number;
  message: string;
  /** When it reached CloudWatch, and so can be found. */
  ingested: number;
}

type Body = Record<string, unknown>;
export type Fault = 'throttle' | 'unavailable' | 'expired' | 'signature' | 'page' | 'denied' | 'hangUp' | null;

export interface CloudWatchServer {
  url: string;
  /** Calls answered, by action, those that failed on purpose included. */
  calls: Map<string, number>;
  put(group: string, stream: string, event: { timestamp: number; message: string; ingested?: number }): string;
  createGroup(name: string): void;
  stop(): Promise<void>;
}

export interface CloudWatchServerOptions {
  account?: string;
  region?: string;
  /** Events on a page; the real API gives up to 10,000. */
  pageSize?: number;
  /** Every page says that there is another one. */
  endless?: boolean;
  /** The server's clock: what is ingested later cannot be found yet. */
  now?(): number;
  /** Asked at each call what to do instead of answering. */
  fault?(call: number, action: string, body: string): Fault;
}

const errors: Record<Exclude<Fault, null | 'hangUp'>, [number, string, string]> = {
  throttle: [400, 'ThrottlingException', 'Rate exceeded'],
  unavailable: [500, 'InternalFailure', 'something broke'],
  expired: [400, 'ExpiredTokenException', 'The security token included in the request is expired'],
  signature: [400, 'InvalidSignatureException', 'Signature expired: 20260314T025500Z is now earlier than 20260314T030000Z'],
  page: [400, 'InvalidParameterException', 'The specified nextToken is invalid.'],
  denied: [400, 'AccessDeniedException', 'User: arn:aws:iam::123456789012:user/radar is not authorized to perform this action'],
};

class Refusal extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

/** A CloudWatch Logs that speaks the wire protocol (JSON 1.1, the action in X-Amz-Target) on a free loopback port. */
export async function startCloudWatchServer(options: CloudWatchServerOptions = {}): Promise<CloudWatchServer> {
  const {
    account = '123456789012',
    region = 'eu-west-1',
    pageSize = 1000,
    endless = false,
    now = () => Number.MAX_SAFE_INTEGER,
    fault = () => null,
  } = options;
  const groups = new Map<string, { created: number; streams: Set<string>; events: StoredEvent[] }>();
  const calls = new Map<string, number>();
  let called = 0;
  let stored = 0;

  const groupOf = (name: unknown) => {
    const bare = /:log-group:([^:]+)/.exec(String(name))?.[1] ?? String(name);
    const group = groups.get(bare);
    if (!group) throw new Refusal('ResourceNotFoundException', 'The specified log group does not exist.');
    return group;
  };
  const createGroup = (name: string) => void (groups.has(name) || groups.set(name, { created: 0, streams: new Set(), events: [] }));
  const put: CloudWatchServer['put'] = (name, stream, { timestamp, message, ingested = timestamp }) => {
    createGroup(name);
    const group = groups.get(name)!;
    group.streams.add(stream);
    stored += 1;
    // As the real ones: 56 digits that rise with time.
    const id = `${String(timestamp).padStart(16, '3')}${String(stored).padStart(40, '0')}`;
    group.events.push({ id, stream, timestamp, message, ingested });
    return id;
  };

  const actions: Record<string, (body: Body) => Body> = {
    CreateLogGroup: ({ logGroupName }) => (createGroup(String(logGroupName)), {}),
    CreateLogStream: ({ logGroupName, logStreamName }) => (groupOf(logGroupName).streams.add(String(logStreamName)), {}),
    PutLogEvents: ({ logGroupName, logStreamName, logEvents }) => {
      for (const event of logEvents as { timestamp: number; message: string }[]) put(String(logGroupName), String(logStreamName), event);
      return { nextSequenceToken: String(stored) };
    },
    DescribeLogGroups: ({ logGroupNamePrefix: prefix = '', logGroupNamePattern: pattern = '', nextToken, limit = 50 }) => {
      const names = [...groups.keys()]
        .sort()
        .filter((name) => name.startsWith(String(prefix)) && name.toLowerCase().includes(String(pattern).toLowerCase()));
      const from = Number(nextToken ?? 0);
      const to = from + Number(limit);
      const logGroups = names
        .slice(from, to)
        .map((logGroupName) => ({ logGroupName, arn: `arn:aws:logs:${region}:${account}:log-group:${logGroupName}:*`, creationTime: 0 }));
      return { logGroups, ...(to < names.length && { nextToken: String(to) }) };
    },
    FilterLogEvents(query) {
      if (query.logGroupName === undefined && query.logGroupIdentifier === undefined)
        throw new Refusal('InvalidParameterException', 'name a log group');
      const { startTime = 0, endTime = Number.MAX_SAFE_INTEGER, filterPattern = '', logStreamNamePrefix = '', nextToken } = query;
      const after =
        nextToken === undefined ? null : (JSON.parse(Buffer.from(String(nextToken), 'base64url').toString()) as [number, string]);
      const terms = String(filterPattern)
        .split(' ')
        .filter(Boolean)
        .map((term) => term.replaceAll('"', ''));
      const found = groupOf(query.logGroupName ?? query.logGroupIdentifier)
        .events.filter(
          ({ timestamp, id, ingested, stream, message }) =>
            timestamp >= Number(startTime) &&
            timestamp <= Number(endTime) &&
            ingested <= now() &&
            stream.startsWith(String(logStreamNamePrefix)) &&
            terms.every((term) => message.includes(term)) &&
            (!after || timestamp > after[0] || (timestamp === after[0] && id > after[1])),
        )
        .sort((a, b) => a.timestamp - b.timestamp || (a.id < b.id ? -1 : 1));
      const page = found.slice(0, pageSize);
      const last = page.at(-1) ?? (endless ? { timestamp: after?.[0] ?? Number(startTime), id: after?.[1] ?? '' } : undefined);
      return {
        events: page.map(({ id, stream, timestamp, message, ingested }) => ({
          eventId: id,
          logStreamName: stream,
          timestamp,
          message,
          ingestionTime: ingested,
        })),
        searchedLogStreams: [],
        ...(last &&
          (endless || found.length > page.length) && {
            nextToken: Buffer.from(JSON.stringify([last.timestamp, last.id])).toString('base64url'),
          }),
      };
    },
  };

  function answer(response: ServerResponse, status: number, body: Body): void {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
  }
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const action = String(request.headers['x-amz-target'] ?? '').replace('Logs_20140328.', '');
    calls.set(action, (calls.get(action) ?? 0) + 1);
    const failing = fault((called += 1), action, Buffer.concat(chunks).toString());
    if (failing === 'hangUp') return void response.destroy();
    // The first page is asked for without a token.
    const fails = failing !== 'page' || Buffer.concat(chunks).includes('"nextToken"');
    if (failing && fails) return answer(response, errors[failing][0], { __type: errors[failing][1], message: errors[failing][2] });
    if (!request.headers.authorization?.includes('AWS4-HMAC-SHA256'))
      return answer(response, 400, { __type: 'MissingAuthenticationTokenException', message: 'not signed' });
    try {
      const perform = actions[action];
      if (!perform) throw new Refusal('UnknownOperationException', action);
      answer(response, 200, perform(JSON.parse(Buffer.concat(chunks).toString() || '{}') as Body));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      answer(response, 400, { __type: error.type, message: error.message });
    }
  }

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    put,
    createGroup,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
