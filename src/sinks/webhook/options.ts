import { z } from 'zod';
import { duration } from '../../../config/scalars.ts';
import { breakerFields } from '../../safeguards/breaker/options.ts';
import { selectOption } from '../sink.ts';
import { splitCredentials } from './credentials.ts';

const secret = z.string().min(8);

/** As in the breaker; it opens after three failures in a row and stays out of the way of slow receivers. */
const breaker = z.strictObject(breakerFields);

/** Where to send, and how to say who sends. */
const receiverFields = {
  format: z
    .enum(['slack', 'pagerduty', 'json'])
    .describe("Slack (a bot's token, or an incoming webhook), PagerDuty Events v2, or JSON of your own."),
  url: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'Where to send. Slack: the incoming webhook, or another address of the API. PagerDuty: another address of the API. json: the receiver.',
    ),
  token: secret.optional().describe("Slack: a bot's token with chat:write. Messages are then updated in place."),
  tokenFile: z.string().min(1).optional().describe('File with the token, in place of token.'),
  channel: z.string().min(1).optional().describe('Slack: id of the channel, with a token.'),
  buttons: z
    .boolean()
    .default(false)
    .describe('Slack: whether messages have buttons that ack, silence and resolve; the source `answers` hears them.'),
  routingKey: secret.optional().describe('PagerDuty: integration key of the service.'),
  routingKeyFile: z.string().min(1).optional().describe('File with the routing key, in place of routing_key.'),
  headers: z.record(z.string(), z.string()).default({}).describe('json: further headers, such as Authorization.'),
  template: z
    .json()
    .optional()
    .describe('json: the body, with {text}, {id}, {state}, {severity}, {title}, {group_id}, {since}, {result.value} ... in its strings.'),
};

export type ReceiverOptions = z.output<z.ZodObject<typeof receiverFields>>;

/** What a receiver lacks. */
function* findMissing({ format, url, token, tokenFile, channel, routingKey, routingKeyFile, headers }: ReceiverOptions): Generator<string> {
  const isBot = token !== undefined || tokenFile !== undefined;
  if (format === 'slack' && url === undefined && !isBot) yield 'slack needs a token or the url of an incoming webhook';
  if (format === 'slack' && isBot && channel === undefined) yield 'slack with a token needs a channel';
  if (format === 'pagerduty' && (routingKey === undefined) === (routingKeyFile === undefined))
    yield 'pagerduty needs one of routing_key and routing_key_file';
  if (format === 'json' && url === undefined) yield 'json needs a url';
  const hasUser = url !== undefined && splitCredentials(url).headers['authorization'] !== undefined;
  if (hasUser && (format !== 'json' || Object.keys(headers).some((name) => name.toLowerCase() === 'authorization')))
    yield 'the url holds a user and a password, and something else says who sends; leave one of them out';
}

const findProblems = (options: ReceiverOptions): string[] => [...findMissing(options)];

export const webhookOptions = z
  .strictObject({
    select: selectOption(['finding']),
    ...receiverFields,
    types: z
      .array(z.enum(['spike', 'budget', 'breaker', 'rule', 'session', 'episode']))
      .default(['spike', 'budget', 'breaker', 'rule', 'session', 'episode'])
      .describe('Types of finding that are sent.'),
    minSeverity: z.enum(['info', 'warning', 'critical']).default('warning').describe('Findings less severe than this are not sent.'),
    perMinute: z.number().gt(0).max(600).default(30).describe('Most messages a minute; Slack allows about 60 a channel.'),
    updateEvery: duration.prefault('1m').describe('Slack with a token: how often a message is updated while only its numbers change.'),
    timeout: duration.prefault('10s').describe('How long an answer may take.'),
    maxOutbox: z
      .int()
      .min(1)
      .max(100_000)
      .default(1_000)
      .describe('Most messages that wait. A later state of the same finding takes the place of the earlier.'),
    whenFull: z
      .enum(['drop_oldest', 'fail'])
      .default('drop_oldest')
      .describe('What to do then: drop and count the oldest, or stop the run.'),
    drain: duration.prefault('10s').describe('How long the end of a run waits for messages under way.'),
    breaker: breaker
      .prefault({ waitInOpen: '10s', backoff: { max: '30s' } })
      .describe('Breaker in front of the receiver. It probes often enough for a receiver that is back to be told within a minute.'),
    fallback: z
      .strictObject(receiverFields)
      .optional()
      .describe('Another receiver, which is told what waits when the first has been down for fallback_after.'),
    fallbackAfter: duration.prefault('2m').describe('How long the first receiver may be down before the fallback is told.'),
    dryRun: z
      .boolean()
      .default(false)
      .describe('Prints messages in place of sending them, and counts what would have been opened, updated and resolved.'),
  })
  .superRefine(({ fallback, ...first }, context) => {
    for (const problem of [...findProblems(first), ...(fallback ? findProblems(fallback).map((text) => `fallback: ${text}`) : [])])
      context.addIssue({ code: 'custom', message: problem });
  });

export type WebhookOptions = z.output<typeof webhookOptions>;
