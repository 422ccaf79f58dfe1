import { CaducusError } from '../errors.ts';
import { toIso, type Json } from '../event.ts';
import type { Files } from '../io.ts';
import { makeBreaker } from '../safeguards/breaker/breakerMachine.ts';
import type { Finding, Signal } from '../signal.ts';
import { keepUndelivered } from '../store/undelivered.ts';
import { selected, zeroCounters } from './counters.ts';
import { defineSink, type OpenSink, type SinkContext, type SinkCounters } from './sink.ts';
import { messageText } from '../views/message/messageText.ts';
import { jsonReceiver } from './webhook/jsonBody.ts';
import { splitCredentials } from './webhook/credentials.ts';
import { Fallback } from './webhook/fallback.ts';
import { messageKind, News, type MessageKind } from './webhook/news.ts';
import { webhookOptions, type ReceiverOptions, type WebhookOptions } from './webhook/options.ts';
import { messageMaker, type MakeMessage } from './webhook/message.ts';
import { Outbox } from './webhook/outbox.ts';
import { pagerDuty } from './webhook/pagerduty.ts';
import { Pump } from './webhook/pump.ts';
import { reachable } from './webhook/reachable.ts';
import type { Receiver } from './webhook/receiver.ts';
import { slackBot, slackWebhook } from './webhook/slack.ts';

/** Where each kind of receiver lives when no url is given. */
const homes: Readonly<Record<WebhookOptions['format'], string>> = {
  slack: 'https://slack.com',
  pagerduty: 'https://events.pagerduty.com',
  json: '',
};

async function readSecret(files: Files, given: string | undefined, file: string | undefined, id: string): Promise<string | null> {
  if (given !== undefined || file === undefined) return given ?? null;
  return files.readText(file).then(
    (text) => text.trim(),
    (cause: unknown) => {
      throw new CaducusError('CAD011', { path: `sinks.${id}` }, `cannot read ${file}`, { cause });
    },
  );
}

async function openReceiver(options: ReceiverOptions, { io, id }: SinkContext, message: MakeMessage): Promise<Receiver> {
  const { url, channel = '', headers, template, buttons } = options;
  if (options.format === 'json') {
    const { url: address, headers: who } = splitCredentials(url!);
    return jsonReceiver({ url: address, headers: { ...who, ...headers }, template, message });
  }
  if (options.format === 'pagerduty')
    return pagerDuty({ routingKey: (await readSecret(io.files, options.routingKey, options.routingKeyFile, id))!, url, message });
  const token = await readSecret(io.files, options.token, options.tokenFile, id);
  return token === null ? slackWebhook(url!, { message, buttons }) : slackBot({ token, channel, url, message, buttons });
}

/** What a saved position has under a name. */
const fieldIn = (from: Json | null, name: string): Json =>
  from === null || typeof from !== 'object' || Array.isArray(from) ? null : (from[name] ?? null);

const findingsIn = (batch: readonly Signal[], options: WebhookOptions, counters: SinkCounters): Finding[] => {
  const taken = selected(batch, new Set(options.select), counters);
  const findings = taken.flatMap((signal) => (signal.kind === 'finding' ? [signal.finding] : []));
  counters.filtered += taken.length - findings.length;
  return findings;
};

async function open(options: WebhookOptions, context: SinkContext): Promise<OpenSink> {
  const { io, id, from } = context;
  const message = messageMaker();
  const receiver = await openReceiver(options, context, message);
  const fallback =
    options.fallback && new Fallback(await openReceiver(options.fallback, context, message), options, context, fieldIn(from, 'fallback'));
  const outbox = new Outbox(from);
  const counters = zeroCounters();
  const news = new News(options, { last: (one) => outbox.last(one), isWaiting: (one) => outbox.get(one) !== null }, receiver);
  /** What a dry run would have sent. */
  const would: Record<MessageKind, number> = { opened: 0, updated: 0, resolved: 0 };
  const breaker = makeBreaker(options.breaker, `sink:${id}`);
  let given = 0;
  /** The run goes on where that cannot be written: the note says so. */
  const giveUp = async (finding: Finding, why: string): Promise<void> => {
    given += 1;
    await keepUndelivered(io.files, context.dataDir, { at: toIso(io.now()), pipeline: context.pipeline, sink: id, why, finding }).catch(
      (error: Error) => {
        pump.trouble = `what was given up cannot be kept: ${error.message}`;
      },
    );
  };
  const pump: Pump = new Pump({
    io,
    id,
    receiver,
    outbox,
    breaker,
    counters,
    giveUp,
    interval: 60_000 / options.perMinute,
    timeout: options.timeout,
    failed: (trouble) => fallback?.stepIn(trouble, outbox.findings()),
  });

  async function print(finding: Finding): Promise<void> {
    would[messageKind(finding, outbox.last(finding.id))] += 1;
    await io.stdout.write(`${messageText(message(finding, outbox.last(finding.id))).join('\n')}\n`);
    outbox.remember(finding.id, { said: receiver.said(finding), state: `${finding.state} ${finding.severity}`, at: io.now(), ref: null });
    counters.written += 1;
  }
  async function enqueue(finding: Finding, delay: number): Promise<void> {
    if (outbox.get(finding.id) === null && outbox.size >= options.maxOutbox) {
      if (options.whenFull === 'fail')
        throw new CaducusError('CAD073', { path: `sinks.${id}` }, `${outbox.size} messages wait; last trouble: ${pump.trouble ?? 'none'}`);
      const dropped = outbox.dropOldest();
      counters.failed += Number(dropped?.counted ?? false);
      if (dropped) await giveUp(dropped.finding, `more than ${options.maxOutbox} messages waited`);
    }
    counters.filtered += outbox.put(finding, io.monotonic() + delay);
    fallback?.follow(finding);
    counters.held = outbox.held;
  }
  return {
    counters,
    async write(batch) {
      for (const finding of findingsIn(batch, options, counters)) {
        const verdict = news.judge(finding, io.now());
        if ('withheld' in verdict) counters.filtered += 1;
        else if (options.dryRun) await print(finding);
        else await enqueue(finding, verdict.delay);
      }
      pump.poke();
    },
    // Nothing to wait for: the outbox is part of the checkpoint, and a receiver that is out of order stops nobody.
    flush: async () => {},
    position: () => ({ ...outbox.save(), ...(fallback && { fallback: fallback.save() }) }),
    async close() {
      await Promise.all([pump.drain(options.drain), fallback?.close(options.drain)]);
      await pump.close();
    },
    trouble: () => pump.down,
    note: () =>
      [
        options.dryRun ? writeWould(would) : '',
        given > 0 ? `${given} given up (caducus rejected ls)` : '',
        outbox.size > 0 ? `${outbox.size} not delivered` : '',
        pump.trouble ?? '',
      ]
        .filter(Boolean)
        .join(', '),
    figures: () => ({
      retried: pump.retried,
      outbox: outbox.size,
      trouble: pump.trouble,
      ...(options.dryRun && { would_send: { ...would } }),
    }),
  };
}

/** `would have opened 3, updated 1, resolved 2` */
const writeWould = ({ opened, updated, resolved }: Record<MessageKind, number>): string =>
  `would have opened ${opened}, updated ${updated}, resolved ${resolved}`;

/**
 * Sends findings to people: Slack, PagerDuty, or any receiver of JSON. One message a finding (an episode is one finding),
 * updated in place where the receiver can. Messages wait in a bounded outbox that is part of the checkpoint, behind a
 * breaker and a rate limit; the run never waits for them.
 *
 * Delivered at least once: after a crash a message may be sent again, under the same id.
 * Throws CAD011 when a secret's file cannot be read, CAD073 when the outbox is full and `when_full` is fail.
 */
export const webhook = defineSink({
  name: 'webhook',
  summary: 'Sends findings to Slack, PagerDuty or any receiver of JSON, one message each, updated in place.',
  options: webhookOptions,
  async probe(options, context) {
    await openReceiver(options, context, messageMaker());
    if (options.fallback) await openReceiver(options.fallback, context, messageMaker());
    return options.dryRun ? 'dry run: printed, not sent' : reachable(context.io.net, options.url ?? homes[options.format], context.id);
  },
  open,
});
