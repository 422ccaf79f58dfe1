import type { Backtest } from '../../findings/backtest.ts';
import { findChange } from '../../findings/backtest/pages.ts';
import { findOwner, listGroups, noContacts } from '../../findings/owners/contacts.ts';
import type { Finding } from '../../signal.ts';
import { zeroCounters } from '../../sinks/counters.ts';
import { defineSink, type SinkEntry } from '../../sinks/sink.ts';
import { countingReceiver, News } from '../../sinks/webhook/news.ts';
import { webhookOptions } from '../../sinks/webhook/options.ts';
import type { Delivered } from '../../sinks/webhook/receiver.ts';

/** In place of a sink that sends: says of each finding whether it would have been sent, in event time. */
export function makePagesSink(backtest: Backtest): SinkEntry {
  return defineSink({
    name: 'pages',
    summary: 'counts what would be sent',
    options: webhookOptions,
    async open(options, { id, contacts = noContacts }) {
      const findTeam = (finding: Finding): string => findOwner(contacts, finding) ?? id;
      const counters = zeroCounters();
      const sent = new Map<string, Delivered>();
      const news = new News(options, { last: (one) => sent.get(one) ?? null, isWaiting: () => false }, countingReceiver);
      const take = (finding: Finding, time: number): void => {
        const verdict = news.judge(finding, time);
        if ('withheld' in verdict) {
          counters.filtered += 1;
          if (verdict.withheld !== 'known') backtest.withheld(finding, listGroups(finding), verdict.withheld, time);
          return;
        }
        counters.written += 1;
        if (!sent.has(finding.id)) {
          const page = { at: time, until: null, to: findTeam(finding), finding, groups: listGroups(finding), change: findChange(finding) };
          backtest.page(page);
        }
        if (finding.state === 'resolved') backtest.over(finding.id, findTeam(finding), time);
        sent.set(finding.id, { content: countingReceiver.content(finding), state: '', at: time, ref: null });
      };
      return {
        counters,
        async write(batch) {
          for (const signal of batch) {
            if (signal.kind === 'finding') take(signal.finding, signal.time);
            else counters.filtered += 1;
          }
        },
        flush: async () => {},
        close: async () => {},
      };
    },
  });
}
