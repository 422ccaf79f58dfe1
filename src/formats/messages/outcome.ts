import type { Level } from '../../event.ts';

const bad =
  /^(fail(ed|ure|ing)?|fault(ed)?|error(ed)?|timed_?out|timeout|abort(ed)?|unsuccessful|rejected|crash(ed)?|denied|impaired|unhealthy)$/;
const good =
  /^(succe(eded|ss|ssful)|completed?|passed|ok|started|running|queued|pending|in_?progress|neutral|skipped|requested|created|updated)$/;
const stopped = /^(cancell?ed|stopped|terminated|action_?required|stale|expired)$/;

/**
 * How bad it is that something came out this way, by a single word or the last word of a name (`FAILED`,
 * `invoice.payment_failed`, `TIMED_OUT`): ERROR, WARN for what was stopped, INFO for what went well; null for other words.
 */
export function readOutcome(name: string): Level | null {
  const word = name.toLowerCase().replaceAll(/[\s-]/g, '_');
  const parts = word.split(/[._]/);
  for (const candidate of [word, parts.slice(-2).join('_'), parts.at(-1)!]) {
    if (bad.test(candidate)) return 'ERROR';
    if (stopped.test(candidate)) return 'WARN';
    if (good.test(candidate)) return 'INFO';
  }
  return null;
}
