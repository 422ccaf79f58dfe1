import { episodes } from '../../operators/episodes.ts';
import { toIso } from '../../src/event.ts';
import type { Signal } from '../../src/signal.ts';
import { verify, type MarbleOptions } from '../../src/testing.ts';
import { blipSignal, eventOf, findingSignal, width } from '../support/blips.ts';

const minute = 60_000;

/**
 * x, y, z are patterns that came up with an error in the window that ends there; c one that is calm; f a finding of a
 * safeguard that begins, g its end; t an event, which only moves the time.
 */
function signalOf(letter: string, time: number): Signal {
  if (letter === 't') return eventOf('g', time);
  if (letter === 'f' || letter === 'g') return findingSignal('s', time, letter === 'g' ? { state: 'resolved' } : {});
  if (letter === 'c') return blipSignal('c', time, {}, 0);
  return blipSignal(letter, time, { state: 'new', level: 'ERROR', first_seen: toIso(time - width), usual: 0 });
}

/** Letters of what comes out: of an episode E while it lasts and R at its end; of another finding F and G. */
const options: MarbleOptions = {
  start: width,
  frame: minute,
  signal: signalOf,
  describe(signal) {
    if (signal.kind === 'blip') return signal.blip.topic_id;
    if (signal.kind === 'event') return 't';
    if (signal.kind !== 'finding') return '?';
    const { type, state } = signal.finding;
    if (type === 'episode') return state === 'firing' ? 'E' : 'R';
    return state === 'firing' ? 'F' : 'G';
  },
};

const wait = (groupWait: string) => episodes({ groupWait });

describe('episodes, as marbles', () => {
  it('are none of one pattern', () => verify('x----c----c----|', wait('2m'), 'x----c----c----|', options));
  it('begin when the wait is over, with the next signal', () => verify('(xy)-t---|', wait('2m'), '(xy)-(Et)|', options));
  it('are told at once without a wait', () => verify('(xy)---|', wait('0s'), '(xyE)--|', options));
  it('are told again when somebody joins, and end when all were calm for two windows', () =>
    verify('(xy)-z----c----c----|', wait('2m'), '(xy)-(EzE)c----c----(R|)', options));
  it('let a finding go on alone when the wait is over and nobody came', () => verify('f----t---|', wait('2m'), '-----(Ft)|', options));
  it('let the end of a finding pass', () => verify('f----t----g|', wait('2m'), '-----(Ft)-G|', options));
});
