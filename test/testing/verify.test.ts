import { AssertionError } from 'node:assert';
import { expect } from 'chai';
import { delay, filter, map, type OperatorFunction } from 'rxjs';
import { groupBy } from '../../operators/groupBy.ts';
import type { Flow, Signal } from '../../src/signal.ts';
import { eventSignal, verify, type MarbleOptions } from '../../src/testing.ts';

const pass: OperatorFunction<Flow, Flow> = (source) => source;

/** What verify throws: what it saw and what it wanted, a line for each frame. */
function difference(...args: Parameters<typeof verify>): { actual: unknown; expected: unknown } {
  try {
    verify(...args);
  } catch (error) {
    if (error instanceof AssertionError) return { actual: error.actual, expected: error.expected };
    throw error;
  }
  throw new Error('the marbles are the same');
}

describe('verify', () => {
  it('takes a letter for the event of that text, forwarded', () => verify('ab-(cd)|', pass, 'ab-(cd)|'));
  it('takes blanks and lengths as the TestScheduler does', () => verify('a 9ms b|', pass, 'a---------b|'));
  it('compares errors, and sources that never end', () => {
    verify('a-#', pass, 'a-#');
    verify('a--', pass, 'a--');
  });

  it('gives a letter its frame as event time, from `start` on, a frame being so long', () => {
    const times: number[] = [];
    const seen = map((signal: Flow) => (times.push(signal.time), signal));
    verify('a--b|', seen, 'a--b|');
    verify('a--b|', seen, 'a--b|', { start: 1000, frame: 60 });
    expect(times).to.deep.equal([0, 3, 1000, 1180]);
  });

  it('gives a letter the event or the signal it stands for', () => {
    verify('a|', groupBy({ key: 'team' }), 'a|', { events: { a: { metadata: { team: 'x' }, text: 'other' } } });
    const options: MarbleOptions = { signal: (letter, time) => eventSignal(letter.toUpperCase(), time), values: { a: 'A' } };
    verify('a|', pass, 'a|', options);
  });

  it('compares what `describe` says of a signal, such as a letter', () => {
    const describe = (signal: Signal) => (signal.kind === 'event' ? 'x' : 'y');
    verify('ab|', pass, 'xx|', { describe });
  });

  it('says what came and what was expected, frame by frame', () => {
    expect(
      difference(
        'a-b|',
        filter(({ time }) => time > 0),
        'a-x|',
        { values: { x: 'rejected: why' } },
      ),
    ).to.deep.equal({
      actual: '2 b\n3 completes',
      expected: '0 a\n2 rejected: why\n3 completes',
    });
    expect(difference('a#', pass, 'a|').actual).to.equal('0 a\n1 error error');
  });

  it('sees when something comes late', () => {
    expect(difference('a--|', delay(1), 'a--|').actual).to.equal('1 a\n3 completes');
  });
});
