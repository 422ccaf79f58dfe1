import type { Mark } from '../../signal.ts';
import { flow } from '../text/layout.ts';
import { idPiece } from '../text/paints.ts';
import { moment, parseTime } from '../text/time.ts';
import type { ViewOptions } from '../text/viewOptions.ts';

const words: Partial<Record<Mark['type'], string>> = { ack: 'acked', silence: 'silenced', note: 'note' };

/** `acked  k7f2 until 2026-03-14 05:08:12Z by ana: "swapping disk", https://...`: what people have answered to the things on a page. */
export function answerLines(
  marks: readonly Mark[],
  shown: ReadonlySet<string>,
  short: (id: string) => string,
  view: ViewOptions,
): string[] {
  return marks
    .filter(({ target, type }) => shown.has(target) && words[type] !== undefined)
    .flatMap(({ type, target, who, until, until_state: state, text, link }) => {
      const end = until === undefined ? state : moment(parseTime(until), view.timeZone);
      const remark = [text === undefined ? '' : `"${text}"`, link ?? ''].filter(Boolean).join(', ');
      const head = [
        `${words[type]}  `,
        idPiece(short(target)),
        `${end === undefined ? '' : ` until ${end}`} by ${who}${remark === '' ? '' : `: ${remark}`}`,
      ];
      return flow([head], view);
    });
}
