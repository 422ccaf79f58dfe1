import type { Look } from '../../../src/views/live/look.ts';
import type { Key } from '../../../src/views/live/screenState.ts';
import { episode, radarAfter, radarOfGroup, spike } from '../views/viewSamples.ts';

/** A look at a run in trouble: findings, two windows, and what is over. */
export const sampleLook = (some: Partial<Look> = {}): Look => ({
  subject: 'orders',
  now: Date.parse('2026-05-04T10:21:12Z'),
  newest: Date.parse('2026-05-04T10:21:10Z'),
  live: true,
  rate: 1204.4,
  radar: { ...radarOfGroup, earlier: radarAfter.earlier ?? [] },
  open: null,
  findings: [episode, spike],
  status: { answers: [], silenced: {} },
  components: [
    { type: 'source', id: 'app', in: 61_204, in_rate: 1204.4, out: 61_200, out_rate: 1204.4, held: 0, lost: 4, behind: 2_000 },
    { type: 'operator', id: 'memory', in: 61_200, in_rate: 1204.4, out: 61_380, out_rate: 1206, held: 0, lost: 0 },
    { type: 'sink', id: 'pager', in: 12, in_rate: 0.2, out: 8, out_rate: 0, held: 4, lost: 0, trouble: 'no answer within 10 s' },
  ],
  ...some,
});

/** Keys of a line: single letters, or names such as `return` or `ctrl-c` in angle brackets. */
export const typed = (keys: string): Key[] =>
  [...keys.matchAll(/<(?<ctrl>ctrl-)?(?<name>[a-z]+)>|(?<text>[^])/g)].map(({ groups }) => {
    const { ctrl, name, text } = groups!;
    return { name: name ?? (text === ' ' ? 'space' : text!.toLowerCase()), text: text ?? '', ctrl: ctrl !== undefined };
  });
