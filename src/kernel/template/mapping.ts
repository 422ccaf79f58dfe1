import { z } from 'zod';
import { fieldPath } from '../../../config/scalars.ts';
import { toIso, parseLevel, type Event } from '../../event.ts';
import { compileTemplate } from './compileTemplate.ts';
import { templateText } from './templateText.ts';
import { parseTimestamp } from './parseTimestamp.ts';

export const mappingOptions = z.strictObject({
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
export type MappingOptions = z.output<typeof mappingOptions>;

/** One step of the mapping: the event or a changed copy; an object with `reason` when the event cannot be taken. */
export type MapStep = (event: Event) => Event | Refusal;
export interface Refusal {
  reason: string;
}

/** The steps that bring an event into the shape the options ask for, in order. */
export function mappingSteps({ source, groupId, text, timestamp, level, id }: MappingOptions): MapStep[] {
  const steps: MapStep[] = [];
  if (id !== undefined) steps.push(setFrom('id', `{${id}}`));
  if (text !== undefined) steps.push(setFrom('text', `{${text}}`));
  if (timestamp !== undefined) steps.push(setTime(timestamp));
  steps.push(setLevel(level));
  if (source !== undefined) steps.push(groupId === undefined ? renameSource(source) : setFrom('source', source));
  if (groupId !== undefined) steps.push(setFrom('group_id', groupId));
  return steps;
}

function setFrom(field: 'id' | 'text' | 'source' | 'group_id', from: string): MapStep {
  const fill = compileTemplate(from);
  return (event) => {
    const value = fill(event);
    if (typeof value !== 'string') return { reason: `${field} needs the field ${value.missing}, which is missing` };
    return value === event[field] ? event : { ...event, [field]: value };
  };
}

/** A group that is named after its source (`<source>:<what>`) follows it. */
function renameSource(from: string): MapStep {
  const rename = setFrom('source', from);
  return (event) => {
    const next = rename(event);
    if ('reason' in next || next === event || !event.group_id.startsWith(`${event.source}:`)) return next;
    return { ...next, group_id: next.source + event.group_id.slice(event.source.length) };
  };
}

function setTime(path: string): MapStep {
  const fill = compileTemplate(`{${path}}`);
  return (event) => {
    const value = fill(event);
    if (typeof value !== 'string') return { reason: `timestamp needs the field ${path}, which is missing` };
    const time = parseTimestamp(value);
    if (time === null) return { reason: `${path} is no date: ${JSON.stringify(value.slice(0, 80))}` };
    const iso = toIso(time);
    return iso === event.timestamp ? event : { ...event, timestamp: iso };
  };
}

function setLevel(path: string): MapStep {
  const fill = compileTemplate(`{${path}}`);
  return (event) => {
    const value = fill(event);
    if (typeof value !== 'string') return event;
    const level = parseLevel(value);
    if (level === null || level === event.metadata.level) return event;
    return { ...event, metadata: { ...event.metadata, level } };
  };
}
