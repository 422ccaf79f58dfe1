import { rules } from '../../operators/rules.ts';
import { toIso } from '../../src/event.ts';
import type { Flow, MarkType, Signal } from '../../src/signal.ts';
import { verify, type MarbleOptions } from '../../src/testing.ts';
import { blipSignal, eventOf, findingSignal, markSignal, width } from '../support/blips.ts';

const minute = 60_000;

/** Letters of findings by what became of them: Pending, Firing, Acked, Resolved; s where a silence holds. */
function letterOf(signal: Signal): string {
  if (signal.kind !== 'finding') return given.get(signal) ?? '?';
  const { state, result } = signal.finding;
  return result.silenced_until === undefined ? state.charAt(0).toUpperCase() : 's';
}

const given = new Map<Flow, string>();
const answers: Record<string, { type: MarkType; until?: string }> = {
  k: { type: 'ack' },
  m: { type: 'silence', until: toIso(20 * minute) },
  d: { type: 'resolve' },
};

/**
 * What a letter of the input is: x an error that was never seen before, r a pattern that rises, o another pattern, of
 * windows that end every five minutes; e an event of the group, q one of another; f a finding of a safeguard, g its end;
 * k an ack, m a silence, d a resolve of the pattern or the finding.
 */
function signalOf(letter: string, time: number): Signal {
  const answer = answers[letter];
  if (answer) return markSignal({ target: time < width ? 'spike-1' : 'a', at: toIso(time), ...answer }, time);
  if (letter === 'e' || letter === 'q') return eventOf(letter === 'e' ? 'g' : 'other', time);
  if (letter === 'f' || letter === 'g') return findingSignal('spike-1', time, letter === 'g' ? { state: 'resolved' } : {});
  if (letter === 'o') return blipSignal('other', time);
  const news = letter === 'x' ? { state: 'new', level: 'ERROR', first_seen: toIso(width - minute) } : { state: 'rising', level: 'WARN' };
  return blipSignal('a', time, news as Parameters<typeof blipSignal>[2]);
}

/** A frame is a minute; marbles of windows begin at the end of the first one. */
const options = (start: number): MarbleOptions => ({
  start,
  frame: minute,
  signal(letter, time) {
    const signal = signalOf(letter, time);
    given.set(signal, letter);
    return signal;
  },
  describe: letterOf,
});
const windows = options(width);
const moments = options(0);

const newError = rules([{ name: 'new-error', when: { state: 'new', minLevel: 'error' }, severity: 'critical' }]);
const loud = rules([{ name: 'loud', when: { state: 'rising' }, for: '10m' }]);
const quiet = rules([{ name: 'quiet', when: { noData: true }, for: '5m' }]);

describe('rules, as marbles', () => {
  it('fire at once, and resolve after two windows without it', () =>
    verify('x----o----o----o---|', newError, '(xF)-o----o----(Ro)|', windows));
  it('count clear windows in a row: the trouble in between begins again', () =>
    verify('x----o----x----o----o----o---|', newError, '(xF)-o----(xF)-o----o----(Ro)|', windows));
  it('wait for as long as the rule says', () => verify('r----r----r---|', loud, '(rP)-(rF)-(rF)|', windows));
  it('withdraw what did not last that long', () => verify('r----o----o---|', loud, '(rP)-o----(Ro)|', windows));
  it('miss a group that spoke every two minutes, and are glad of its second word', () =>
    verify('e-e-e-e-e-e-q-------q----e-e---|', quiet, 'e-e-e-e-e-e-q-------(Fq)-e-(eR)|', moments));
  it('let findings of others pass', () => verify('f----g|', newError, 'F----R|', moments));
  it('mark a finding of others acked until it is over', () => verify('f-k---f-g|', newError, 'F-(kA)A-R|', moments));
  it('mark their own acked, and fire anew when it comes again', () =>
    verify('x----k----o----o----o----x---|', newError, '(xF)-(kA)-o----(Ro)-o----(xF)|', windows));
  it('silence a finding until the end of the silence, and tell of it then', () =>
    verify('f-m---f-------------------e---|', newError, 'F-(ms)s-------------------(Fe)|', moments));
  it('end a finding that a person resolves', () => verify('x----d----o|', newError, '(xF)-(dR)-o|', windows));
});
