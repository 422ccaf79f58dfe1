import { z } from 'zod';
import { fieldPath } from '../config/scalars.ts';
import { isoOf, levelOf, type Event } from '../src/event.ts';
import type { EventSignal, RejectedSignal } from '../src/signal.ts';
import { defineOperator, type Machine } from '../src/kernel/defineOperator.ts';
import { compileTemplate } from '../src/kernel/template/compileTemplate.ts';
import { rejectedOf } from '../src/kernel/template/rejectedOf.ts';
import { templateText } from '../src/kernel/template/templateText.ts';
import { timeOf } from '../src/kernel/template/timeOf.ts';

const options = z.strictObject({
  source: templateText.optional().describe('Name of the source: text, or a template such as {app}.'),
  groupId: templateText
    .optional()
    .describe('Group of the event: a template such as {source}:{component}, filled from the event, then its metadata.'),
  text: fieldPath.optional().describe('Field whose value is the text to analyse.'),
  timestamp: fieldPath
    .optional()
    .describe('Field with the event time: ISO 8601, or seconds or milliseconds since 1970. UTC where no zone is given.'),
  level: fieldPath
    .default('level')
    .describe('Field with the level; written as TRACE, DEBUG, INFO, WARN, ERROR or FATAL to metadata.level.'),
  id: fieldPath.optional().describe('Field with the id of the event.'),
});
type Options = z.output<typeof options>;

/** One step of the mapping: the event or a changed copy; an object with `reason` when the event cannot be taken. */
type Step = (event: Event) => Event | Refusal;
interface Refusal {
  reason: string;
}

/**
 * Brings events into shape: source, group, text, time, level and id from the fields named.
 *
 * What cannot be mapped goes on as `rejected` with the reason. An event that needs no change is forwarded as it is.
 *
 * ```text
 * in     a-b-c|
 *        normalize({ groupId: '{source}:{component}' })
 * out    a-b-x|            x = rejected: c has no component
 * ```
 */
export const normalize = defineOperator({
  name: 'normalize',
  summary: 'Maps fields of the records onto source, group, text, time, level and id.',
  options,
  consume: true,
  accepts: ['event'],
  emits: ['event', 'rejected'],
  ports: { rejected: (signal) => signal.kind === 'rejected' },
  machine: (given): Machine<Record<string, never>, EventSignal, EventSignal | RejectedSignal> => {
    const steps = stepsOf(given);
    return {
      start: () => ({}),
      step(_state, signal, emit) {
        let event: Event = signal.event;
        for (const step of steps) {
          const next = step(event);
          if ('reason' in next) {
            emit(rejectedOf(signal, 'normalize', next.reason, signal.event));
            return;
          }
          event = next;
        }
        emit(event === signal.event ? signal : changed(signal, event));
      },
    };
  },
});

/** The signal of a changed event: its time and, where it was held by its group, its key follow. */
function changed(signal: EventSignal, event: Event): EventSignal {
  const time = event.timestamp === signal.event.timestamp ? signal.time : Date.parse(event.timestamp);
  const key = signal.key === signal.event.group_id ? event.group_id : signal.key;
  return { ...signal, time, key, event };
}

function stepsOf({ source, groupId, text, timestamp, level, id }: Options): Step[] {
  const steps: Step[] = [];
  if (id !== undefined) steps.push(setFrom('id', `{${id}}`));
  if (text !== undefined) steps.push(setFrom('text', `{${text}}`));
  if (timestamp !== undefined) steps.push(setTime(timestamp));
  steps.push(setLevel(level));
  if (source !== undefined) steps.push(groupId === undefined ? renameSource(source) : setFrom('source', source));
  if (groupId !== undefined) steps.push(setFrom('group_id', groupId));
  return steps;
}

function setFrom(field: 'id' | 'text' | 'source' | 'group_id', from: string): Step {
  const fill = compileTemplate(from);
  return (event) => {
    const value = fill(event);
    if (typeof value !== 'string') return { reason: `${field} needs the field ${value.missing}, which is missing` };
    return value === event[field] ? event : { ...event, [field]: value };
  };
}

/** A group that is named after its source (`<source>:<what>`) follows it. */
function renameSource(from: string): Step {
  const rename = setFrom('source', from);
  return (event) => {
    const next = rename(event);
    if ('reason' in next || next === event || !event.group_id.startsWith(`${event.source}:`)) return next;
    return { ...next, group_id: next.source + event.group_id.slice(event.source.length) };
  };
}

function setTime(path: string): Step {
  const fill = compileTemplate(`{${path}}`);
  return (event) => {
    const value = fill(event);
    if (typeof value !== 'string') return { reason: `timestamp needs the field ${path}, which is missing` };
    const time = timeOf(value);
    if (time === null) return { reason: `${path} is no date: ${JSON.stringify(value.slice(0, 80))}` };
    const iso = isoOf(time);
    return iso === event.timestamp ? event : { ...event, timestamp: iso };
  };
}

function setLevel(path: string): Step {
  const fill = compileTemplate(`{${path}}`);
  return (event) => {
    const value = fill(event);
    if (typeof value !== 'string') return event;
    const level = levelOf(value);
    if (level === null || level === event.metadata.level) return event;
    return { ...event, metadata: { ...event.metadata, level } };
  };
}
