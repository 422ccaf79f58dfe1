import { z } from 'zod';

/** What a field can stand for; the rest of a record is metadata. */
export const roles = ['timestamp', 'text', 'level', 'component', 'source', 'group', 'id'] as const;
export type Role = (typeof roles)[number];

/** Names that loggers and exporters commonly give to each, most telling first. Compared as `plainName`. */
export const usualNames: Record<Exclude<Role, 'id'>, readonly string[]> = {
  timestamp: ['timestamp', '@timestamp', 'time', 'ts', 'eventtime', 'datetime', 'logtime', 'createdat', '_time', 'date', 't'],
  text: ['text', 'message', 'msg', '@message', 'content', 'log', 'body', 'event', 'description', 'line'],
  level: ['level', 'severity', 'lvl', 'loglevel', 'levelname', 'severitytext', 'log.level', 'priority'],
  component: ['component', 'logger', 'loggername', 'service', 'servicename', 'service.name', 'unit', 'program', 'app', 'module', 'node'],
  source: ['source'],
  group: ['groupid', 'group'],
};

/** Lower case, without underscores, dashes and blanks: `Event_Time` and `eventTime` are the same name. */
export const plainName = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/(?<=.)[_\- ]/g, '');

const fieldName = z.string().min(1);

/** Which field stands for what, where the usual names do not fit. */
export const fieldsOption = z
  .strictObject({
    timestamp: fieldName.optional().describe('Field with the time: a stamp, or a count of s, ms, us or ns since 1970.'),
    text: fieldName.optional().describe('Field with the text that is analysed.'),
    level: fieldName.optional().describe('Field with the level.'),
    component: fieldName.optional().describe('Field whose value makes the group: `<source>:<component>`.'),
    source: fieldName.optional().describe('Field that names the source.'),
    group: fieldName.optional().describe('Field with the whole group id.'),
    id: fieldName.optional().describe('Field with a unique id. Without it ids are made from place and content.'),
  })
  .prefault({});

export type FieldsOption = z.output<typeof fieldsOption>;
