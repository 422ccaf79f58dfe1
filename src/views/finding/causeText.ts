import type { CameFirst, CauseEvidence } from '../../results/cameFirst.ts';
import { age } from '../text/duration.ts';
import { line } from '../text/line.ts';
import { count, decimal } from '../text/numbers.ts';
import type { ViewOptions } from '../text/viewOptions.ts';

/** `payments: before 3 of 3 others, first in 4 of 5 episodes before, named by 2 of 3`; without the bits. */
export function describeCause({ kind, what, evidence, precedents }: CameFirst): string {
  const parts = evidence.filter(({ bits }) => bits > 0).map(describeEvidence);
  const before =
    precedents && precedents.of > 0
      ? `${kind === 'group' ? 'first' : 'so'} in ${count(precedents.in)} of ${count(precedents.of)} episodes before`
      : '';
  return `${kind === 'change' ? 'change ' : ''}${what}: ${[...parts, before].filter(Boolean).join(', ')}`;
}

function describeEvidence({ why, in: many = 0, of = 0, earlier_ms: earlier }: CauseEvidence): string {
  if (why === 'order') return `before ${count(many)} of ${count(of)} others`;
  if (why === 'precedents') return `led ${count(many)} of ${count(of)} times${earlier === undefined ? '' : ` by ${age(earlier)}`}`;
  if (why === 'named') return `named by ${count(many)} of ${count(of)}`;
  if (why === 'held') return `in ${count(many)} of ${count(of)} lines`;
  return `${age(earlier ?? 0)} before`;
}

/** `6.5 bits` */
export const causeBits = ({ bits }: CameFirst): string => `${decimal(bits, 1)} bits`;

/** What came first, a line each, the most bits first. */
export const causeLines = (causes: readonly CameFirst[], view: ViewOptions): string[] =>
  causes.map((cause, at) =>
    line([`${(at === 0 ? 'came first' : '').padEnd(11)}  ${causeBits(cause).padStart(9)}  ${describeCause(cause)}`], view),
  );
