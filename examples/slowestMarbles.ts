// The marbles of slowest.ts, checked: a letter's frame is its event time, what comes out comes at its own.
import { verify } from 'caducus/testing';
import { slowest } from './slowest.ts';

verify('a--b--c--|', slowest({ every: 7 }), 'a--b--c--(S|)', {
  events: { a: { text: 'took 5 ms' }, b: { text: 'took 9 ms' }, c: { text: 'took 7 ms' } },
  values: { S: 'slowest' },
});
process.stdout.write('as drawn\n');
