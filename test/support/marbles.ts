import { expect } from 'chai';
import { map, type OperatorFunction } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import type { Flow } from '../../src/kernel/defineOperator.ts';
import { isoOf, type Event } from '../../src/event.ts';
import type { Signal } from '../../src/signal.ts';

/** An event whose text is `text`, at `time` milliseconds; `more` replaces parts of it. */
export function eventSignal(text: string, time: number, more: Partial<Event> = {}): Extract<Signal, { kind: 'event' }> {
  const event = {
    id: `${text}@${time}`,
    timestamp: isoOf(time),
    source: 'test',
    group_id: 'test:a',
    text,
    metadata: {},
    ...more,
  };
  return { kind: 'event', time, key: '', event };
}

/** What a marble stands for: an event by its text, a blip by label, count and state, a radar by its list. */
export function sketch(signal: Flow): string {
  const known = signal as Signal;
  switch (known.kind) {
    case 'event':
      return `${known.event.text}${known.late ? ' late' : ''}`;
    case 'blip':
      return `${known.blip.label} ${known.blip.count} ${known.blip.state}${known.blip.open ? ' open' : ''}`;
    case 'radar':
      return `radar ${known.radar.blips.map(({ label, count }) => `${label} ${count}`).join(', ')}${known.radar.open ? ' open' : ''}`;
    case 'rejected':
      return `rejected: ${known.rejected.reason}`;
    default:
      return signal.kind;
  }
}

type Events = Record<string, Partial<Event>>;

/**
 * Runs an operator over marbles. A letter's frame is its event time in milliseconds, its event's text the letter
 * itself unless `events` says otherwise. Expected letters stand for `values`, else for the forwarded letter.
 */
export function verify(
  input: string,
  operator: OperatorFunction<Flow, Flow>,
  expected: string,
  values: Record<string, string> = {},
  events: Events = {},
): void {
  const scheduler = new TestScheduler((actual, wanted) => {
    expect(actual).to.deep.equal(wanted);
  });
  scheduler.run(({ cold, expectObservable }) => {
    const source = cold(input).pipe(map((letter): Flow => eventSignal(letter, scheduler.now(), events[letter])));
    const own = Object.fromEntries(Object.entries(events).map(([letter, { text }]) => [letter, text ?? letter]));
    expectObservable(source.pipe(operator, map(sketch))).toBe(expected, { ...identity(expected), ...own, ...values });
  });
}

function identity(marbles: string): Record<string, string> {
  return Object.fromEntries([...marbles].map((letter) => [letter, letter]));
}
