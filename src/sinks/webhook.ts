import { CaducusError } from '../errors.ts';
import { toIso, type Json } from '../event.ts';
import type { Files } from '../io.ts';
import { makeBreaker } from '../safeguards/breaker/breakerMachine.ts';
import type { Finding, Signal } from '../signal.ts';
import { keepUndelivered } from '../store/undelivered.ts';
import { selected, zeroCounters } from './counters.ts';
import { defineSink, type OpenSink, type SinkContext, type SinkCounters } from './sink.ts';
import { phone } from '../views/finding/phone.ts';
import { findMembers } from '../findings/findMembers.ts';
import { jsonReceiver } from './webhook/jsonBody.ts';
import { splitCredentials } from './webhook/credentials.ts';
import { Fallback } from './webhook/fallback.ts';
import { webhookOptions, type ReceiverOptions, type WebhookOptions } from './webhook/options.ts';
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
const severities = ['info', 'warning', 'critical'];

async function readSecret(files: Files, given: string | undefined, file: string | undefined, id: string): Promise<string | null> {
  if (given !== undefined || file === undefined) return given ?? null;
  return files.readText(file).then(
    (text) => text.trim(),
    (cause: unknown) => {
      throw new CaducusError('CAD011', { path: `sinks.${id}` }, `cannot read ${file}`, { cause });
    },
  );
}

async function openReceiver(options: ReceiverOptions, { io, id }: SinkContext): Promise<Receiver> {
  const { url, channel = '', headers, template } = options;
  if (options.format === 'json') {
    const { url: address, headers: who } = splitCredentials(url!);
    return jsonReceiver({ url: address, headers: { ...who, ...headers }, template });
  }
  if (options.format === 'pagerduty')
    return pagerDuty({ routingKey: (await readSecret(io.files, options.routingKey, options.routingKeyFile, id))!, url });
  const token = await readSecret(io.files, options.token, options.tokenFile, id);
  return token === null ? slackWebhook(url!) : slackBot({ token, channel, url });
}

/** Which findings are news for the receiver. */
class News {
  readonly #options: WebhookOptions;
  readonly #outbox: Outbox;
  readonly #receiver: Receiver;
  /** Patterns that a running episode already tells of, by the episode. */
  readonly #told = new Map<string, readonly string[]>();

  constructor(options: WebhookOptions, outbox: Outbox, receiver: Receiver) {
    this.#options = options;
    this.#outbox = outbox;
    this.#receiver = receiver;
  }

  /** Whether to send it, and how long it can wait, milliseconds; null when there is nothing new in it. */
  delay(finding: Finding, now: number): number | null {
    const { types, minSeverity, updateEvery } = this.#options;
    if (finding.state === 'pending' || !types.includes(finding.type)) return null;
    if (severities.indexOf(finding.severity) < severities.indexOf(minSeverity)) return null;
    if (finding.type === 'episode') this.#follow(finding);
    // A silence holds back all but the end of what was sent before it began.
    if (finding.result.silenced_until !== undefined && finding.state !== 'resolved') return null;
    const last = this.#outbox.last(finding.id);
    const waiting = this.#outbox.get(finding.id) !== null;
    if (!last && !waiting) {
      // What was over before anybody was told is no news, nor is what an episode says already.
      if (finding.state === 'resolved' || finding.result.episode !== undefined) return null;
      if (finding.topic_id !== undefined && [...this.#told.values()].some((ids) => ids.includes(finding.topic_id!))) return null;
    }
    if (!last) return 0;
    if (!waiting && last.said === this.#receiver.said(finding)) return null;
    return this.#receiver.minor(finding, last) ? Math.max(0, last.at + updateEvery - now) : 0;
  }

  #follow(episode: Finding): void {
    if (episode.state === 'resolved') this.#told.delete(episode.id);
    else this.#told.set(episode.id, findMembers(episode));
  }
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
  const receiver = await openReceiver(options, context);
  const fallback =
    options.fallback && new Fallback(await openReceiver(options.fallback, context), options, context, fieldIn(from, 'fallback'));
  const outbox = new Outbox(from);
  const counters = zeroCounters();
  const news = new News(options, outbox, receiver);
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
    await io.stdout.write(`${phone(finding).join('\n')}\n`);
    outbox.remember(finding.id, { said: receiver.said(finding), state: `${finding.state} ${finding.severity}`, at: io.now(), ref: null });
    counters.written += 1;
  }
  async function enqueue(finding: Finding, delay: number): Promise<void> {
    const earlier = outbox.get(finding.id);
    if (earlier) counters.filtered += Number(earlier.counted);
    else if (outbox.size >= options.maxOutbox) {
      if (options.whenFull === 'fail')
        throw new CaducusError('CAD073', { path: `sinks.${id}` }, `${outbox.size} messages wait; last trouble: ${pump.trouble ?? 'none'}`);
      const dropped = outbox.dropOldest();
      counters.failed += Number(dropped?.counted ?? false);
      if (dropped) await giveUp(dropped.finding, `more than ${options.maxOutbox} messages waited`);
    }
    outbox.put(finding, io.monotonic() + delay);
    fallback?.follow(finding);
    counters.held = outbox.held;
  }
  return {
    counters,
    async write(batch) {
      for (const finding of findingsIn(batch, options, counters)) {
        const delay = news.delay(finding, io.now());
        if (delay === null) counters.filtered += 1;
        else if (options.dryRun) await print(finding);
        else await enqueue(finding, delay);
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
        given > 0 ? `${given} given up (caducus rejected ls)` : '',
        outbox.size > 0 ? `${outbox.size} not delivered` : '',
        pump.trouble ?? '',
      ]
        .filter(Boolean)
        .join(', '),
    figures: () => ({ retried: pump.retried, outbox: outbox.size, trouble: pump.trouble }),
  };
}

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
    await openReceiver(options, context);
    if (options.fallback) await openReceiver(options.fallback, context);
    return options.dryRun ? 'dry run: printed, not sent' : reachable(context.io.net, options.url ?? homes[options.format], context.id);
  },
  open,
});
