import type { Finding, Signal } from '../signal.ts';
import { selected, zeroCounters } from './counters.ts';
import { defineSink, type OpenSink, type SinkContext, type SinkCounters } from './sink.ts';
import type { Channel } from './webhook/channel.ts';
import { Channels } from './webhook/channels.ts';
import type { MessageKind } from './webhook/news.ts';
import { homes } from './webhook/openReceiver.ts';
import { webhookOptions, type WebhookOptions } from './webhook/options.ts';
import { reachable } from './webhook/reachable.ts';

const findingsIn = (batch: readonly Signal[], options: WebhookOptions, counters: SinkCounters): Finding[] => {
  const taken = selected(batch, new Set(options.select), counters);
  const findings = taken.flatMap((signal) => (signal.kind === 'finding' ? [signal.finding] : []));
  counters.filtered += taken.length - findings.length;
  return findings;
};

/** The sums over all channels of a sink; what was offered to none of them is counted beside them. */
const sumUp = (channels: readonly Channel[], beside: SinkCounters): SinkCounters => {
  const sum = (name: keyof SinkCounters) => channels.reduce((all, { counters }) => all + counters[name], beside[name]);
  return {
    get written() {
      return sum('written');
    },
    get filtered() {
      return sum('filtered');
    },
    get failed() {
      return sum('failed');
    },
    get held() {
      return sum('held');
    },
  };
};

async function open(options: WebhookOptions, context: SinkContext): Promise<OpenSink> {
  const channels = await Channels.open(options, context);
  const { list, routes } = channels.all;
  const beside = zeroCounters();
  const total = (name: 'given' | 'waiting' | 'retried') => list.reduce((all, channel) => all + channel[name], 0);
  const trouble = () => list.find((channel) => channel.trouble !== null)?.trouble ?? null;
  const would = () => {
    const sum = (kind: MessageKind) => list.reduce((all, channel) => all + channel.would[kind], 0);
    return { opened: sum('opened'), updated: sum('updated'), resolved: sum('resolved') };
  };
  /** Gives a finding to all who get it. In the sums it is once, whoever gets it. */
  async function give(finding: Finding): Promise<void> {
    let isCounted = false;
    for (const channel of channels.find(finding)) {
      const verdict = channel.judge(finding, context.io.now());
      if ('withheld' in verdict) continue;
      await channel.put(finding, verdict.delay, !isCounted);
      isCounted = true;
    }
    beside.filtered += Number(!isCounted);
  }
  return {
    counters: sumUp(list, beside),
    async write(batch) {
      for (const finding of findingsIn(batch, options, beside)) await give(finding);
      for (const channel of list) channel.poke();
    },
    // Nothing to wait for: the outbox is part of the checkpoint, and a receiver that is out of order stops nobody.
    flush: async () => {},
    position: () => channels.save(),
    async close() {
      await Promise.all(list.map((channel) => channel.close()));
    },
    trouble: () => list.find(({ down }) => down !== null)?.down ?? null,
    note: () =>
      [
        options.dryRun ? writeWould(would()) : '',
        total('given') > 0 ? `${total('given')} given up (caducus rejected ls)` : '',
        total('waiting') > 0 ? `${total('waiting')} not delivered` : '',
        trouble() ?? '',
      ]
        .filter(Boolean)
        .join(', '),
    figures: () => ({
      retried: total('retried'),
      outbox: total('waiting'),
      trouble: trouble(),
      ...(routes.length > 0 && { routes: Object.fromEntries(routes.map(({ route, channel }) => [route.name, channel.waiting])) }),
      ...(options.dryRun && { would_send: would() }),
    }),
  };
}

/** `would have opened 3, updated 1, resolved 2` */
const writeWould = ({ opened, updated, resolved }: Record<MessageKind, number>): string =>
  `would have opened ${opened}, updated ${updated}, resolved ${resolved}`;

/**
 * Sends findings to people: Slack, PagerDuty, Teams, ntfy, e-mail, Alertmanager, or any receiver of JSON. One message a finding (an episode is one finding),
 * updated in place where the receiver can. Messages wait in a bounded outbox that is part of the checkpoint, behind a
 * breaker and a rate limit; the run never waits for them.
 *
 * Delivered at least once: after a crash a message may be sent again, under the same id.
 * Throws CAD011 when a secret's file cannot be read, CAD073 when the outbox is full and `when_full` is fail.
 */
export const webhook = defineSink({
  name: 'webhook',
  summary: 'Sends findings to Slack, PagerDuty, Teams, ntfy, e-mail, Alertmanager or any receiver of JSON, one message each.',
  options: webhookOptions,
  async probe(options, context) {
    // Opened and closed: secrets are read, nothing is sent.
    await Promise.all((await Channels.open(options, { ...context, from: null })).all.list.map((channel) => channel.close()));
    return options.dryRun ? 'dry run: printed, not sent' : reachable(context.io.net, options.url ?? homes[options.format], context.id);
  },
  open,
});
