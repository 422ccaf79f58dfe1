import { toIso } from '../../event.ts';
import { appendMark, withId } from '../../store/marks.ts';
import { shortIds } from '../../views/text/shortIds.ts';
import { minute } from '../../views/text/time.ts';
import { whoIsIt } from '../recall/whoIsIt.ts';
import { pictureStyle, type CliContext } from '../shared/context.ts';
import { ackWords } from './ackWords.ts';

/** Puts an ack on disk, where the run finds it; resolves to what to say of that. Rejects as `appendMark`. */
export async function ackFromScreen(target: string, typed: string, context: CliContext): Promise<string> {
  const { io, dataDir } = context;
  const { lasts, text } = ackWords(typed);
  const now = io.now();
  const until = lasts === undefined ? undefined : now + lasts;
  const mark = withId({
    type: 'ack',
    target,
    who: whoIsIt(io),
    at: toIso(now),
    ...(until !== undefined && { until: toIso(until) }),
    ...(text !== undefined && { text }),
  });
  await appendMark(io.files, dataDir, mark);
  const { timeZone } = pictureStyle(context);
  return `acked ${shortIds([target])(target)}${until === undefined ? '' : ` until ${minute(until, timeZone)}`}`;
}
