import { compileLinear, type Matcher } from '../../base/pattern.ts';
import { CaducusError } from '../../errors.ts';
import type { Event } from '../../event.ts';
import type { StoreProblem } from '../../store/entry.ts';
import type { Recall } from '../../store/recall.ts';
import type { CliContext } from '../shared/context.ts';
import { inputEvents } from './inputEvents.ts';
import { knownTarget, lastKnown } from './known.ts';
import { patternFilter } from './patternFilter.ts';
import type { Selection } from './selectionFlags.ts';
import { inState } from './states.ts';
import { timeArgument } from '../shared/timeArgument.ts';

/**
 * The events that `--group`, `--pattern`, `--state`, `--pipeline`, `--since`, `--until`, `--grep` and `--limit` ask for,
 * oldest first: of the store, or, by pattern or state, of what the run saw that knows it. Ends early when the program is
 * stopped. Throws CAD002 for a flag that cannot be understood.
 */
export async function* selectedEvents(
  selection: Selection,
  context: CliContext,
  onProblem?: (problem: StoreProblem) => void,
): AsyncGenerator<Event> {
  const { io, stop } = context;
  const { group, grep, limit } = selection;
  let left = limit ?? Number.POSITIVE_INFINITY;
  const pattern = grep === undefined ? null : compile(grep);
  const { recall, wanted } = await select(selection, context);
  const now = recall?.as_of ? Date.parse(recall.as_of) : io.now();
  const time = (flag: 'since' | 'until') => {
    const value = selection[flag];
    return value === undefined ? undefined : timeArgument(value, `--${flag}`, now);
  };
  const range = { group, since: time('since'), until: time('until'), onProblem };
  for await (const event of inputEvents(recall, range, context)) {
    if (stop.aborted) return;
    if ((pattern && !pattern(event.text)) || !wanted(event)) continue;
    yield event;
    left -= 1;
    if (left <= 0) return;
  }
}

/** What `--pattern` and `--state` ask for, and the run that knows it; everything, of no run, without them. */
async function select(
  { pattern: id, state, pipeline: name }: Selection,
  context: CliContext,
): Promise<{ recall: Recall | null; wanted: (event: Event) => boolean }> {
  if (id === undefined && state === undefined) return { recall: null, wanted: () => true };
  if (id === undefined) {
    const known = await lastKnown(context, name);
    return { recall: known.recall, wanted: patternFilter(inState(known, state!), known.recall, context) };
  }
  const target = await knownTarget(id, context, name);
  const topic = target.kind === 'pattern' ? target.topic : target.topics.find(({ topic_id: one }) => one === target.finding.topic_id);
  if (!topic)
    throw new CaducusError('CAD002', { path: '--pattern' }, `"${id}" is a finding about no pattern`, {
      hint: `caducus explain ${id} says what it is about.`,
    });
  const topics = state === undefined ? [topic] : inState({ ...target, topics: [topic] }, state);
  return { recall: target.recall, wanted: patternFilter(topics, target.recall, context) };
}

/** RE2 syntax, which runs in linear time whatever the pattern. */
function compile(pattern: string): Matcher {
  try {
    return compileLinear(pattern);
  } catch (cause) {
    throw new CaducusError('CAD002', { path: '--grep' }, cause instanceof Error ? cause.message : String(cause), {
      cause,
      hint: 'Patterns are in RE2 syntax.',
    });
  }
}
