import { digest } from '../../base/digest.ts';
import { textAt } from '../../base/textAt.ts';
import { toIso } from '../../event.ts';
import type { Mark } from '../../signal.ts';

/** How long an answer by a button holds, milliseconds: as its label says. */
const lasts = 2 * 3_600_000;

/**
 * Reads what Slack sends of a click on a button (a form with `payload`): the answers of that person. A click on a link says
 * nothing.
 */
export function readSlack(form: string, now: number): Mark[] {
  const payload = new URLSearchParams(form).get('payload');
  if (payload === null) throw new SyntaxError('no payload in it');
  const body = JSON.parse(payload) as unknown;
  if (textAt(body, ['type']) !== 'block_actions') return [];
  const actions = (body as { actions?: unknown }).actions;
  const user = textAt(body, ['user', 'username']) ?? textAt(body, ['user', 'name']) ?? textAt(body, ['user', 'id']) ?? 'somebody';
  return (Array.isArray(actions) ? actions : []).flatMap((action: unknown) => {
    const word = /^caducus_(ack|silence|resolve)$/.exec(textAt(action, ['action_id']) ?? '')?.[1] as
      'ack' | 'silence' | 'resolve' | undefined;
    const target = textAt(action, ['value']);
    if (word === undefined || target === undefined) return [];
    const clicked = Number(textAt(action, ['action_ts'])) * 1000;
    const at = Number.isFinite(clicked) && clicked > 0 && clicked <= now ? Math.floor(clicked) : now;
    const mark: Mark = {
      id: digest(['slack', textAt(body, ['user', 'id']) ?? '', textAt(action, ['action_ts']) ?? '', word, target].join('\0'), 12),
      type: word,
      target: target.slice(0, 1000),
      who: user.slice(0, 200),
      at: toIso(at),
      ...(word === 'resolve' ? {} : { until: toIso(at + lasts) }),
      via: 'slack',
    };
    return [mark];
  });
}
