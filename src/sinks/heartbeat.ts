import { z } from 'zod';
import { duration } from '../../config/scalars.ts';
import { explainFailure } from '../base/explainFailure.ts';
import { withTimeLimit } from '../base/timeLimit.ts';
import { toIso } from '../event.ts';
import type { Radar } from '../signal.ts';
import { selected, zeroCounters } from './counters.ts';
import { defineSink, selectOption, type OpenSink, type SinkTrouble } from './sink.ts';
import { splitCredentials } from './webhook/credentials.ts';

const options = z.strictObject({
  select: selectOption(['radar']),
  url: z
    .url({ protocol: /^https?$/ })
    .describe('Where to report: an address that expects to be called, or the base address of an Alertmanager.'),
  format: z
    .enum(['ping', 'alertmanager'])
    .default('ping')
    .describe('ping: a POST without a body. alertmanager: an alert named Watchdog that ends when it is not sent again.'),
  missing: z.int().min(2).max(100).default(3).describe('alertmanager: windows without a report after which the alert ends.'),
  timeout: duration.prefault('10s').describe('How long an answer may take.'),
});

/** The alert that stands while reports come. Times are milliseconds since 1970. */
export function watchdog(pipeline: string, { start, end }: Radar, now: number, missing: number): object {
  const window = Date.parse(end) - Date.parse(start);
  return {
    labels: { alertname: 'Watchdog', severity: 'none', pipeline },
    annotations: { summary: `${pipeline} closes its windows; this alert ends when it does not.` },
    startsAt: toIso(now),
    endsAt: toIso(now + missing * window),
  };
}

/**
 * Reports that the radar is alive: once for each window that closed, so that whoever expects it can shout when it does
 * not come. A report that fails is not sent again; the next window sends its own. The run never waits for it.
 */
export const heartbeat = defineSink({
  name: 'heartbeat',
  summary: "Reports that windows close: to a dead man's switch, or as the Watchdog alert of Alertmanager.",
  options,
  open: async ({ select, url: address, format, missing, timeout }, { io, pipeline }): Promise<OpenSink> => {
    const counters = zeroCounters();
    const kinds = new Set(select);
    const stop = new AbortController();
    const { url, headers } = splitCredentials(address);
    const { host } = new URL(url);
    let trouble: SinkTrouble | null = null;
    let last = '';
    let sending: Promise<void> | null = null;
    const send = async (radar: Radar): Promise<void> => {
      const to = format === 'alertmanager' ? `${url.replace(/\/+$/, '')}/api/v2/alerts` : url;
      const body = format === 'alertmanager' ? JSON.stringify([watchdog(pipeline, radar, io.now(), missing)]) : '';
      const why = await withTimeLimit(
        io,
        timeout,
        async (signal) => {
          const init = {
            method: 'POST',
            headers: { 'content-type': 'application/json', ...headers },
            body,
            signal,
            redirect: 'manual',
          } as const;
          const response = await io.net.fetch(to, init);
          await response.body?.cancel();
          return response.ok ? null : `HTTP ${response.status}`;
        },
        stop.signal,
      ).catch(explainFailure);
      counters.held = 0;
      counters[why === null ? 'written' : 'failed'] += 1;
      trouble = why === null ? null : { since: trouble?.since ?? io.now(), why: `${host}: ${why}` };
    };
    return {
      counters,
      async write(batch) {
        for (const signal of selected(batch, kinds, counters)) {
          const isNews = signal.kind === 'radar' && !signal.radar.open && signal.radar.end > last;
          // One at a time: of windows that close together one report is enough.
          if (!isNews || sending) counters.filtered += 1;
          else {
            last = signal.radar.end;
            counters.held = 1;
            sending = send(signal.radar).finally(() => (sending = null));
          }
        }
      },
      flush: async () => {},
      async close() {
        const drained = new AbortController();
        await Promise.race([sending, io.sleep(timeout, drained.signal).catch(() => undefined)]);
        drained.abort();
        stop.abort();
        await sending;
      },
      trouble: () => trouble,
      note: () => trouble?.why ?? '',
    };
  },
});
