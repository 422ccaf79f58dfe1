import type { Mark } from '../../signal.ts';
import { readMarks } from '../../store/marks.ts';
import type { CliContext } from '../shared/context.ts';

/** What people have answered, oldest first. */
export async function allMarks({ io, dataDir }: Pick<CliContext, 'io' | 'dataDir'>): Promise<Mark[]> {
  const { lines } = await readMarks(io.files, dataDir);
  return lines.flatMap((line) => ('mark' in line ? [line.mark] : []));
}
