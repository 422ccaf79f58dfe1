import type { OperatorFunction } from 'rxjs';
import { from } from 'rxjs';
import { toIso, type JsonObject } from '../../../src/event.ts';
import type { EventSignal, Finding, Signal } from '../../../src/signal.ts';
import { countingReceiver, News } from '../../../src/sinks/webhook/news.ts';
import type { Delivered } from '../../../src/sinks/webhook/receiver.ts';

/** A line of a service. Times in milliseconds. */
export interface Line {
  at: number;
  group: string;
  level: string;
  text: string;
  version?: string;
  host?: string;
}

/** A message that began something for somebody, and how it went on. */
export interface Message {
  at: number;
  /** When it was told to be over; null while it was not. */
  until: number | null;
  first: Finding;
  last: Finding;
}

/** What came of playing lines into a pipeline. */
export interface Outcome {
  messages: Message[];
  /** Closed radars: end of the window, and groups of its rows, the highest first. */
  radars: { end: number; rows: { group: string; label: string }[] }[];
}

/** Plays lines, in order of time, into a pipeline, and counts what a sink that sends would begin. */
export function playLines(operator: OperatorFunction<Signal, Signal>, lines: Iterable<Line>): Outcome {
  const sent = new Map<string, Delivered>();
  const byId = new Map<string, Message>();
  const news = new News(
    { types: ['spike', 'budget', 'breaker', 'rule', 'session', 'episode'], minSeverity: 'warning', updateEvery: 0 },
    { last: (id) => sent.get(id) ?? null, isWaiting: () => false },
    countingReceiver,
  );
  const radars: Outcome['radars'] = [];
  from(toSignals(lines))
    .pipe(operator)
    .subscribe((signal) => {
      if (signal.kind === 'radar' && !signal.radar.open) {
        const rows = signal.radar.blips.map(({ group_id: group, label }) => ({ group, label }));
        radars.push({ end: Date.parse(signal.radar.end), rows });
      }
      if (signal.kind !== 'finding') return;
      const { finding, time: at } = signal;
      if ('withheld' in news.judge(finding, at)) return;
      const known = byId.get(finding.id);
      if (!known) byId.set(finding.id, { at, until: null, first: finding, last: finding });
      else known.last = finding;
      if (finding.state === 'resolved') byId.get(finding.id)!.until = at;
      sent.set(finding.id, { content: countingReceiver.content(finding), state: '', at, ref: null });
    });
  return { messages: [...byId.values()], radars };
}

function* toSignals(lines: Iterable<Line>): Generator<EventSignal> {
  let n = 0;
  for (const { at, group, level, text, version, host } of lines) {
    n += 1;
    const metadata: JsonObject = { level, ...(version === undefined ? {} : { version }), ...(host === undefined ? {} : { host }) };
    const event = { id: `e${n}`, timestamp: toIso(at), source: 'oncall', group_id: group, text, metadata };
    yield { kind: 'event', time: at, key: group, event };
  }
}
