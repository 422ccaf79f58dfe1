import { digest } from '../../base/digest.ts';
import { textAt } from '../../base/textAt.ts';
import type { JsonObject } from '../../event.ts';
import type { Mark } from '../../signal.ts';

/** Labels of our alerts that say what a silence is about, the narrowest first. */
export const idLabel = 'caducus_id';
const groupLabels = ['caducus_group', 'group', 'service', 'job'];

/** What our own silences say in their comment, to know them by. */
const signature = /\(caducus mark ([a-z0-9]+)\)$/;

/**
 * The marks that silences of Alertmanager stand for (its API, v2): of a finding by its id, else of a group by its name. One
 * that was ended early, or made longer, is the same mark with another end. Silences that name neither are about others.
 */
export function readSilences(list: unknown): Mark[] {
  return (Array.isArray(list) ? list : []).flatMap((one: unknown) => {
    const [id, from, until] = [textAt(one, ['id']), textAt(one, ['startsAt']), textAt(one, ['endsAt'])];
    const target = findTarget((one as { matchers?: unknown } | null)?.matchers);
    const comment = textAt(one, ['comment']) ?? '';
    if (id === undefined || from === undefined || until === undefined || target === null || signature.test(comment)) return [];
    const mark: Mark = {
      id: digest(`alertmanager\0${id}`, 12),
      type: 'silence',
      target,
      who: (textAt(one, ['createdBy']) ?? 'somebody').slice(0, 200),
      at: from,
      from,
      until,
      ...(comment === '' ? {} : { text: comment.slice(0, 4000) }),
      via: 'alertmanager',
    };
    return [mark];
  });
}

function findTarget(matchers: unknown): string | null {
  const equal = (Array.isArray(matchers) ? matchers : []).filter(
    (one: unknown) => (one as { isRegex?: unknown }).isRegex !== true && (one as { isEqual?: unknown }).isEqual !== false,
  );
  for (const name of [idLabel, ...groupLabels]) {
    const value = textAt(
      equal.find((one: unknown) => textAt(one, ['name']) === name),
      ['value'],
    );
    if (value !== undefined) return value;
  }
  return null;
}

/** Ids of marks whose silences Alertmanager has from us. */
export const listOwnSilences = (list: unknown): Set<string> =>
  new Set((Array.isArray(list) ? list : []).flatMap((one: unknown) => signature.exec(textAt(one, ['comment']) ?? '')?.[1] ?? []));

/** The silence that a mark made here asks of Alertmanager; null of one that is over, was made there, or has no end. */
export function makeSilence(mark: Mark, now: number): JsonObject | null {
  const until = mark.until === undefined ? Number.NaN : Date.parse(mark.until);
  if (mark.type !== 'silence' || mark.via === 'alertmanager' || !(until > now)) return null;
  const isFinding = /^[a-z0-9]{16}$/.test(mark.target);
  return {
    matchers: [{ name: isFinding ? idLabel : 'caducus_group', value: mark.target, isRegex: false, isEqual: true }],
    startsAt: mark.from ?? mark.at,
    endsAt: mark.until!,
    createdBy: mark.who,
    comment: `${mark.text ?? 'silenced in the radar'} (caducus mark ${mark.id})`,
  };
}
