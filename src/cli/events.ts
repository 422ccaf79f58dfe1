import { RE2JS } from 're2js';
import { CaducusError } from '../errors.ts';
import type { Event } from '../event.ts';
import { eventLine } from '../sinks/views/eventLines.ts';
import type { Recall } from '../store/recall.ts';
import type { CommandBody, Flags } from './commandBody.ts';
import { pictureStyle, print, type CliContext } from './context.ts';
import { inputEvents } from './inputEvents.ts';
import { knownTarget, lastKnown } from './known.ts';
import { textOf } from './leaveMark.ts';
import { patternFilter } from './patternFilter.ts';
import { inState } from './states.ts';
import { timeArgument } from './timeArgument.ts';

/** `caducus events`: events of the store, or, by pattern or state, of what the run saw that knows it; oldest first. */
export const events: CommandBody = async (_args, flags, context) => {
  const { io } = context;
  const limit = Number(flags['limit']);
  if (!Number.isInteger(limit) || limit < 1) throw new CaducusError('CAD002', { path: '--limit' }, 'expected a whole number of at least 1');
  const grep = textOf(flags, 'grep');
  const pattern = grep === undefined ? null : compile(grep);
  const { recall, wanted } = await selection(flags, context);
  const now = recall?.as_of ? Date.parse(recall.as_of) : io.now();
  const time = (flag: 'since' | 'until') => {
    const value = textOf(flags, flag);
    return value === undefined ? undefined : timeArgument(value, `--${flag}`, now);
  };
  const range = { group: textOf(flags, 'group'), since: time('since'), until: time('until') };
  const style = pictureStyle(context);
  let left = limit;
  for await (const event of inputEvents(recall, range, context)) {
    if (context.stop.aborted) break;
    if ((pattern && !pattern.matcher(event.text).find()) || !wanted(event)) continue;
    if (context.json) {
      if (!(await io.stdout.write(`${JSON.stringify(event)}\n`))) break;
    } else {
      await print(context, [eventLine(event, style)]);
    }
    left -= 1;
    if (left <= 0) break;
  }
};

/** What `--pattern` and `--state` ask for, and the run that knows it; everything, of no run, without them. */
async function selection(flags: Flags, context: CliContext): Promise<{ recall: Recall | null; wanted: (event: Event) => boolean }> {
  const [id, state, name] = (['pattern', 'state', 'pipeline'] as const).map((flag) => textOf(flags, flag));
  if (id === undefined && state === undefined) return { recall: null, wanted: () => true };
  if (id === undefined) {
    const known = await lastKnown(context, name);
    return { recall: known.recall, wanted: patternFilter(inState(known, state!), known.recall, context) };
  }
  const target = await knownTarget(id, context, name);
  const topic = target.kind === 'pattern' ? target.topic : target.topics.find(({ topic_id: one }) => one === target.finding.topic_id);
  if (!topic) throw new CaducusError('CAD002', { path: '--pattern' }, `"${id}" is a finding about no pattern`, { hint: `caducus explain ${id} says what it is about.` });
  const topics = state === undefined ? [topic] : inState({ ...target, topics: [topic] }, state);
  return { recall: target.recall, wanted: patternFilter(topics, target.recall, context) };
}

/** RE2 syntax, which runs in linear time whatever the pattern. */
function compile(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (cause) {
    throw new CaducusError('CAD002', { path: '--grep' }, cause instanceof Error ? cause.message : String(cause), { cause, hint: 'Patterns are in RE2 syntax.' });
  }
}
