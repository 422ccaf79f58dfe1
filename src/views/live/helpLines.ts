import { line } from '../text/line.ts';
import { title } from '../text/paints.ts';
import { padEnd } from '../text/text.ts';
import type { ViewOptions } from '../text/viewOptions.ts';

/** Every key, and what it does. */
export const keyHelp: readonly (readonly [string, string])[] = [
  ['j k, arrows', 'the row below, the row above'],
  ['g G, home end', 'the first row, the last row'],
  ['space, page down, page up', 'a screen further, a screen back'],
  ['enter', 'explain the row: every term of its score, its values and lines'],
  ['esc', 'back to the rows; then without the filter; then live again'],
  ['/', 'only rows with these words: a group, a level, a state, an id, a pattern'],
  ['s', 'order by score, count, times usual, group, pattern'],
  ['a', 'ack: for how long (until it is over when left out) and a note, then enter'],
  ['p', 'hold everything still, and on again'],
  ['c', 'sources, operators and sinks: rates, what is held, how far behind (of a running pipeline)'],
  ['ctrl-l', 'draw it anew'],
  ['ctrl-z', 'to the shell; fg comes back'],
  ['q, ctrl-c', 'quit'],
];

const keys = 28;

/** What the keys do. */
export const helpLines = (view: ViewOptions): string[] => [
  line([title('HELP')], view),
  '',
  ...keyHelp.map(([key, what]) => line([{ text: padEnd(key, keys), paint: 'cyan' }, what], view)),
  '',
  line(['Events are of the window that stands above.  usual is what the same length of time had before.'], view),
];
