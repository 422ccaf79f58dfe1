import { CaducusError } from '../../errors.ts';
import { sanitize } from '../../views/text/sanitize.ts';
import { shortIds } from '../../views/text/shortIds.ts';
import type { Shown } from '../../board/board.ts';
import { readShown } from '../../store/shown.ts';
import type { CliContext } from '../shared/context.ts';

/** Candidates that are named when the beginning of an id fits several. */
const most = 5;

/**
 * What a person means by the beginning of an id: the one thing that was shown and whose id begins so, or the group of that
 * name. Throws CAD002 when nothing or more than one thing fits.
 */
export const shownTarget = (given: string, { io, dataDir }: Pick<CliContext, 'io' | 'dataDir'>): Shown =>
  chooseShown(given, readShown(io.files, dataDir), dataDir);

/** As `shownTarget`, among these; of things of one id the last. */
export function chooseShown(given: string, all: Iterable<Shown>, dataDir: string): Shown {
  const shown = [...new Map(Array.from(all, (one) => [one.id, one])).values()];
  const exact = shown.find(({ id }) => id === given);
  if (exact) return exact;
  const fits = given === '' ? [] : shown.filter(({ id }) => id.startsWith(given));
  if (fits.length === 1) return fits[0]!;
  if (fits.length === 0) {
    const hint =
      shown.length === 0
        ? `Nothing was shown from ${dataDir} yet: run caducus radar, or a pipeline, first.`
        : 'Ids are on the radar: caducus radar shows it again. Any unique beginning will do.';
    throw new CaducusError('CAD002', {}, `nothing that was shown has an id that begins with "${given}"`, { hint });
  }
  const short = shortIds(fits.map(({ id }) => id));
  const list = fits.slice(0, most).map(({ id, kind, label }) => `${short(id)}  ${kind}  ${sanitize(label)}`);
  const more = fits.length > most ? [`and ${fits.length - most} more`] : [];
  throw new CaducusError('CAD002', {}, `"${given}" fits ${fits.length} ids`, { hint: [...list, ...more].join('\n') });
}
