import { z } from 'zod';

/** What a field can stand for; the rest of a record is metadata. */
export const roles = ['timestamp', 'text', 'level', 'component', 'source', 'group', 'id'] as const;
export type Role = (typeof roles)[number];

/**
 * Names that loggers and exporters commonly give to each, most telling first. Compared as `plainName`; a name with a point is
 * a path, nested or written with the point. Within `component`, services come before the loggers in them.
 */
export const usualNames: Record<Exclude<Role, 'id'>, readonly string[]> = {
  timestamp:
    'timestamp @timestamp time ts @t eventtime datetime logtime createdat _time t timecreated timegenerated instant timeunixnano observedtimeunixnano eventtimestamp requestreceivedtimestamp lasttimestamp firsttimestamp startedat start date'.split(
      ' ',
    ),
  text: 'text message msg txt @message shortmessage @m renderedmessage content log textpayload body event description line raw output displaymessage logmessage title @mt messagetemplate fullmessage summary err.message error.message exception.message event.original alert.signature error m'.split(
    ' ',
  ),
  level:
    'level severity lvl loglevel levelname severitytext log.level @l sev l s leveldisplayname prio priority severitynumber severitylevel status type'.split(
      ' ',
    ),
  component:
    'service servicename service.name app application appname applicationname component logger loggername log.logger sourcecontext category categoryname target module unit program programname processname process.name ident syslogidentifier container containername container.name channel providername facility node c approlename deployment job k8s.deployment.name k8s.statefulset.name k8s.daemonset.name k8s.container.name podname kubernetes.podname pod.name k8s.pod.name name'.split(
      ' ',
    ),
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
