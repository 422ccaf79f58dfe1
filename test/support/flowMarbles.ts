import { expect } from 'chai';
import { map, type OperatorFunction } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import type { Flow } from '../../src/kernel/defineOperator.ts';
import type { Signal } from '../../src/signal.ts';

export interface FlowMarbles {
  /** Event time of frame 0, milliseconds since 1970, and of each frame after it. */
  start: number;
  frame: number;
  /** The signal a letter of the input stands for. */
  signal(letter: string, time: number): Signal;
  /** The letter of the output that a signal is shown as. */
  letter(signal: Signal): string;
}

/** Checks an operator by marbles: a letter's frame is its event time going in, and when it came out. */
export function verifyFlow(
  input: string,
  operator: OperatorFunction<Flow, Flow>,
  output: string,
  { start, frame, signal, letter }: FlowMarbles,
): void {
  const scheduler = new TestScheduler((actual, expected) => void expect(actual).to.deep.equal(expected));
  scheduler.run(({ cold, expectObservable }) => {
    const signals = cold(input).pipe(map((name): Flow => signal(name, start + scheduler.now() * frame)));
    expectObservable(
      signals.pipe(
        operator,
        map((out) => letter(out as Signal)),
      ),
    ).toBe(output);
  });
}
