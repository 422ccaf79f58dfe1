import type { Mark } from '../../signal.ts';
import { readMarks } from '../../store/marks.ts';
import type { CliContext } from '../shared/context.ts';

/** How often the file is looked at, milliseconds. */
const every = 1000;

/** Follows what people answer from now on, wherever they answer, until it is called off. A file that cannot be read is looked at again. */
export function followMarks({ io, dataDir }: Pick<CliContext, 'io' | 'dataDir'>, take: (mark: Mark) => void): () => void {
  let position: number | null = null;
  let reading = false;
  const look = async () => {
    const from = position;
    const read = await readMarks(io.files, dataDir, from ?? 0);
    position = read.position;
    if (from !== null) for (const line of read.lines) if ('mark' in line) take(line.mark);
  };
  const tick = () => {
    if (reading) return;
    reading = true;
    // What cannot be read now is looked at again in a moment.
    const done = () => (reading = false);
    look().then(done, done);
  };
  tick();
  return io.every(every, tick);
}
