import { z } from 'zod';
import { duration, frequency } from '../../../config/scalars.ts';
import { linkTemplates } from '../../findings/owners/links.ts';
import { routeWhen } from '../../findings/owners/route.ts';
import { breakerFields } from '../../safeguards/breaker/options.ts';
import { selectOption } from '../sink.ts';
import { splitCredentials } from './credentials.ts';

const secret = z.string().min(8);
/** `name@host`, or `Some Name <name@host>`. */
const mailbox = /^([^<>\r\n]{0,100}<[^<>@\s,]+@[^<>@\s,]+>|[^<>@\s,]+@[^<>@\s,]+)$/;

/** As in the breaker; it opens after three failures in a row and stays out of the way of slow receivers. */
const breaker = z.strictObject(breakerFields);

/** Where to send, and how to say who sends. */
const receiverFields = {
  format: z
    .enum(['slack', 'pagerduty', 'teams', 'ntfy', 'alertmanager', 'email', 'json'])
    .describe(
      "Slack (a bot's token, or an incoming webhook), PagerDuty Events v2, Microsoft Teams (the webhook of a workflow), ntfy, Alertmanager (API v2), e-mail (SMTP), or JSON of your own.",
    ),
  url: z
    .url({ protocol: /^(https?|smtps?)$/ })
    .optional()
    .describe(
      'Where to send. Slack: the incoming webhook, or another address of the API. PagerDuty: another address of the API. teams: the webhook. ntfy: a server of your own. alertmanager: its address. email: the server, smtp://host:587 or smtps://host:465, with the user who logs in. json: the receiver.',
    ),
  token: secret
    .optional()
    .describe("Slack: a bot's token with chat:write; messages are then updated in place. ntfy: an access token. email: the password."),
  tokenFile: z.string().min(1).optional().describe('File with the token, in place of token.'),
  channel: z.string().min(1).optional().describe('Slack: id of the channel, with a token. ntfy: the topic.'),
  buttons: z
    .boolean()
    .default(false)
    .describe('Slack: whether messages have buttons that ack, silence and resolve; the source `answers` takes the clicks.'),
  routingKey: secret.optional().describe('PagerDuty: integration key of the service.'),
  routingKeyFile: z.string().min(1).optional().describe('File with the routing key, in place of routing_key.'),
  from: z.string().regex(mailbox, "expected an address, such as 'radar@example.com'").optional().describe('email: who it is from.'),
  to: z
    .array(z.string().regex(mailbox, "expected an address, such as 'oncall@example.com'"))
    .min(1)
    .max(50)
    .optional()
    .describe('email: who gets it.'),
  headers: z.record(z.string(), z.string()).default({}).describe('json and alertmanager: further headers, such as Authorization.'),
  template: z
    .json()
    .optional()
    .describe('json: the body, with {text}, {id}, {state}, {severity}, {title}, {group_id}, {since}, {result.value} ... in its strings.'),
};

export type ReceiverOptions = z.output<z.ZodObject<typeof receiverFields>>;

const { format: _format, ...elsewhere } = receiverFields;

const falseAlarms = frequency
  .optional()
  .describe(
    'How often it may be sent something new that chance would bring as often, such as 1/month, beside what the pipeline allows. What is no matter of chance (an error that is new or back, an alert, a budget) is always sent.',
  );

/** A route: what it takes, and what of the sink's receiver is another for it. */
const routeOptions = z
  .strictObject({
    name: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, 'expected letters, digits, "-" and "_", beginning with a letter')
      .describe('Name of the route; what waits for it is kept under it.'),
    when: routeWhen.prefault({}).describe('Which findings it takes: all that is named must hold.'),
    continue: z.boolean().default(false).describe('Whether routes behind it may take the same finding, too.'),
    falseAlarms,
    links: linkTemplates
      .optional()
      .describe('Addresses to go to, by name; they hold over those of the pipeline, the catalog and the rule.'),
  })
  .extend(z.object(elsewhere).omit({ headers: true, buttons: true }).partial().shape)
  .extend({ headers: receiverFields.headers.unwrap().optional(), buttons: z.boolean().optional() });
export type RouteOptions = Omit<z.output<typeof routeOptions>, 'name' | 'when' | 'continue'>;

type Format = ReceiverOptions['format'];
const hasOtherScheme = (format: Format, url: string | undefined): boolean =>
  url !== undefined && /^smtps?:/.test(url) !== (format === 'email');
const writeSchemeNeeded = (format: Format): string =>
  `${format} needs a url that begins with ${format === 'email' ? 'smtp:// or smtps://' : 'https:// or http://'}`;

/** What a receiver lacks. */
function* findMissing({
  format,
  url,
  token,
  tokenFile,
  channel,
  routingKey,
  routingKeyFile,
  headers,
  from,
  to,
}: ReceiverOptions): Generator<string> {
  // An address that is none is told by its own check; nothing can be known of it.
  if (url !== undefined && !URL.canParse(url)) return;
  const isBot = token !== undefined || tokenFile !== undefined;
  if (format === 'slack' && url === undefined && !isBot) yield 'slack needs a token or the url of an incoming webhook';
  if (format === 'slack' && isBot && channel === undefined) yield 'slack with a token needs a channel';
  if (format === 'pagerduty' && (routingKey === undefined) === (routingKeyFile === undefined))
    yield 'pagerduty needs one of routing_key and routing_key_file';
  if ((format === 'json' || format === 'teams' || format === 'alertmanager') && url === undefined) yield `${format} needs a url`;
  if (format === 'ntfy' && channel === undefined) yield 'ntfy needs a channel, the topic';
  if (format === 'email') {
    if (url === undefined || from === undefined || to === undefined) yield 'email needs a url (smtp://host:587), from and to';
    if (isBot && (url === undefined || new URL(url).username === ''))
      yield 'email with a token needs the user in the url: smtp://user@host:587';
  }
  if (hasOtherScheme(format, url)) yield writeSchemeNeeded(format);
  if (format === 'email') return;
  const hasUser = url !== undefined && splitCredentials(url).headers['authorization'] !== undefined;
  if (
    hasUser &&
    ((format !== 'json' && format !== 'alertmanager') || Object.keys(headers).some((name) => name.toLowerCase() === 'authorization'))
  )
    yield 'the url holds a user and a password, and something else says who sends; leave one of them out';
}

const findProblems = (options: ReceiverOptions): string[] => [...findMissing(options)];

export const webhookOptions = z
  .strictObject({
    select: selectOption(['finding']),
    ...receiverFields,
    route: z
      .array(routeOptions)
      .max(200)
      .default([])
      .describe(
        'Where else findings go, by labels, severity and time of day: the first route that takes one; those that none takes go to the receiver above. Each has an outbox of its own. What has been sent somewhere is kept up to date there.',
      ),
    types: z
      .array(z.enum(['spike', 'budget', 'breaker', 'rule', 'session', 'episode']))
      .default(['spike', 'budget', 'breaker', 'rule', 'session', 'episode'])
      .describe('Types of finding that are sent.'),
    minSeverity: z.enum(['info', 'warning', 'critical']).default('warning').describe('Findings less severe than this are not sent.'),
    falseAlarms,
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
      .describe(
        'Breaker in front of the receiver. It probes often enough for a receiver that is back to be sent what waits within a minute.',
      ),
    fallback: z
      .strictObject(receiverFields)
      .optional()
      .describe('Another receiver, which is sent what waits when the first has been down for fallback_after.'),
    fallbackAfter: duration.prefault('2m').describe('How long the first receiver may be down before the fallback is used.'),
    dryRun: z
      .boolean()
      .default(false)
      .describe('Prints messages in place of sending them, and counts what would have been opened, updated and resolved.'),
  })
  .superRefine(({ fallback, route, ...first }, context) => {
    for (const [index, { name, url }] of route.entries()) {
      if (hasOtherScheme(first.format, url))
        context.addIssue({ code: 'custom', path: ['route', index, 'url'], message: writeSchemeNeeded(first.format) });
      if (route.findIndex((other) => other.name === name) < index)
        context.addIssue({ code: 'custom', path: ['route', index, 'name'], message: `the name "${name}" is taken by a route above` });
    }
    for (const problem of [...findProblems(first), ...(fallback ? findProblems(fallback).map((text) => `fallback: ${text}`) : [])])
      context.addIssue({ code: 'custom', message: problem });
  });

export type WebhookOptions = z.output<typeof webhookOptions>;
