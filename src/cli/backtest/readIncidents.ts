import { parse } from 'csv-parse/sync';
import { CaducusError, CaducusErrors } from '../../errors.ts';
import type { Incident } from '../../findings/backtest/incident.ts';
import { plainName } from '../../formats/json/fieldNames.ts';
import { StampClock } from '../../formats/time/stampClock.ts';
import { timeValue } from '../../formats/time/timeValue.ts';

/** What the columns of such lists are called, plainly; the most telling first. */
const names: Readonly<Record<'id' | 'title' | 'start' | 'end' | 'service', readonly string[]>> = {
  id: ['incidentnumber', 'number', 'key', 'incidentkey', 'incidentid', 'issuekey', 'id', 'incident', 'ticket', 'reference'],
  title: ['title', 'summary', 'description', 'incidenttitle', 'shortdescription', 'subject', 'name', 'message'],
  start: [
    'startedat',
    'startedon',
    'start',
    'started',
    'starttime',
    'createdon',
    'createdat',
    'created',
    'openedat',
    'opened',
    'triggeredat',
    'triggeredon',
    'detectedat',
    'reportedat',
    'begin',
    'time',
    'timestamp',
    'date',
  ],
  end: [
    'resolvedat',
    'resolvedon',
    'resolved',
    'endedat',
    'end',
    'ended',
    'endtime',
    'closedat',
    'closed',
    'closedon',
    'fixedat',
    'finish',
  ],
  service: [
    'servicename',
    'impactedservice',
    'affectedservice',
    'service',
    'services',
    'group',
    'groupid',
    'component',
    'cmdbci',
    'system',
    'application',
    'app',
  ],
};

/** Errors that are reported of one list. */
const most = 5;

/**
 * Reads a list of incidents: CSV with a heading, as PagerDuty, Opsgenie, incident.io, Jira and ServiceNow export it, or
 * written by hand. A begin is needed; an end, a service, a title and an id are taken where there are such columns.
 * Throws CaducusErrors (CAD002) naming file and line.
 */
export function readIncidents(path: string, text: string, timeZone: string): Incident[] {
  const rows = parseRows(path, text);
  const [head = []] = rows;
  const columns = head.map((name) => plainName(name));
  const find = (part: keyof typeof names) => {
    const index = names[part].map((name) => columns.indexOf(name)).find((at) => at >= 0);
    return index ?? -1;
  };
  const at = { id: find('id'), title: find('title'), start: find('start'), end: find('end'), service: find('service') };
  if (at.start < 0)
    throw new CaducusError(
      'CAD002',
      { file: path, line: 1, path: '--incidents' },
      `no column says when an incident began: ${head.join(', ') || 'the file is empty'}`,
      {
        hint: `Call it one of ${names.start.slice(0, 6).join(', ')}.`,
      },
    );
  const clock = new StampClock({ timeZone, dayFirst: false }, undefined);
  const errors: CaducusError[] = [];
  const incidents = rows.slice(1).flatMap((row, index): Incident[] => {
    const cell = (part: keyof typeof at) => (at[part] < 0 ? '' : (row[at[part]] ?? '').trim());
    if (row.every((one) => one.trim() === '')) return [];
    const [start, end] = [timeValue(cell('start'), clock), cell('end') === '' ? null : timeValue(cell('end'), clock)];
    const wrong = Number.isNaN(start) ? cell('start') : end !== null && Number.isNaN(end) ? cell('end') : null;
    if (wrong !== null) {
      errors.push(
        new CaducusError(
          'CAD002',
          { file: path, line: index + 2, path: '--incidents' },
          `${JSON.stringify(wrong.slice(0, 80))} is no time`,
          { hint: 'Write ISO 8601 such as 2026-03-14T03:05Z.' },
        ),
      );
      return [];
    }
    return [{ id: cell('id') || `line ${index + 2}`, title: cell('title'), start, end, service: cell('service') || null }];
  });
  if (errors.length > 0) throw new CaducusErrors(errors.slice(0, most));
  return incidents;
}

function parseRows(path: string, text: string): string[][] {
  try {
    const delimiter = [',', ';', '\t'].toSorted((a, b) => count(text, b) - count(text, a))[0]!;
    return parse(text, { bom: true, delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: false });
  } catch (cause) {
    throw new CaducusError(
      'CAD002',
      { file: path, path: '--incidents' },
      `is no CSV: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

/** How often a separator stands in the heading. */
const count = (text: string, separator: string): number => (text.split('\n', 1)[0] ?? '').split(separator).length;
