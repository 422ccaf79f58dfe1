import { AssertionError } from 'node:assert';
import { isDeepStrictEqual } from 'node:util';
import { map, type OperatorFunction } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import type { Event } from '../event.ts';
import type { Flow, Signal } from '../signal.ts';
import { describeSignal } from './describeSignal.ts';
import { eventSignal } from './eventSignal.ts';

/** What the letters of two marble diagrams mean. */
export interface MarbleOptions {
  /** Event time of frame 0, milliseconds since 1970. Default 0. */
  start?: number;
  /** Event time from a frame to the next, milliseconds. Default 1. */
  frame?: number;
  /** Parts of the event that a letter of the input stands for. Its text is the letter unless they say otherwise. */
  events?: Readonly<Record<string, Partial<Event>>>;
  /** The signal that a letter of the input stands for, where it is not an event. */
  signal?(letter: string, time: number): Flow;
  /** What a letter of the output stands for, as `describe` says it. Others stand for the event of that letter, forwarded. */
  values?: Readonly<Record<string, string>>;
  /** What is compared of a signal of the output: a few words, or just the letter it is to be drawn as. Default `describeSignal`. */
  describe?(signal: Signal): string;
}

/**
 * Runs an operator over marbles, `verify('ab--c|', tally({ every: 4 }), 'ab--(xc)(y|)', { values: { x: 'tally' } })`, in the
 * syntax of RxJS's TestScheduler.run: a character is a frame, all of a group happens at its first frame and it takes as
 * many frames as it has characters, blanks are for the eye, `9ms` between blanks are nine frames. A letter's frame is its
 * event time going in, and when it came out. Throws an AssertionError that lists both, frame by frame.
 */
export function verify(input: string, operator: OperatorFunction<Flow, Flow>, output: string, options: MarbleOptions = {}): void {
  const { start = 0, frame = 1, events = {}, values = {}, describe = describeSignal } = options;
  const { signal = (letter: string, time: number) => eventSignal(letter, time, events[letter]) } = options;
  const scheduler = new TestScheduler(compare);
  scheduler.run(({ cold, expectObservable }) => {
    const source = cold(input).pipe(map((letter): Flow => signal(letter, start + scheduler.now() * frame)));
    const forwarded = Object.fromEntries([...output].map((letter) => [letter, events[letter]?.text ?? letter]));
    const seen = source.pipe(
      operator,
      map((out) => describe(out as Signal)),
    );
    expectObservable(seen).toBe(output, { ...forwarded, ...values });
  });
}

interface Message {
  frame: number;
  notification: { kind: 'N' | 'E' | 'C'; value?: unknown; error?: unknown };
}

function compare(actual: unknown, expected: unknown): void {
  if (isDeepStrictEqual(actual, expected)) return;
  throw new AssertionError({
    message: 'the marbles differ',
    actual: toLines(actual),
    expected: toLines(expected),
    operator: 'deepStrictEqual',
  });
}

/** A line for each thing that happened: its frame, and what it was. */
const toLines = (messages: unknown): string =>
  (messages as Message[])
    .map(
      ({ frame, notification: { kind, value, error } }) =>
        `${frame} ${kind === 'N' ? String(value) : kind === 'E' ? `error ${String(error)}` : 'completes'}`,
    )
    .join('\n');
