import { z } from 'zod';
import type { JsonObject } from '../../event.ts';
import { idProblem } from '../json/canonical.ts';
import { CsvParser, savedRows, type RowReader } from './csvParser.ts';
import { timeColumns } from './csvTime.ts';
import { fieldsOption, plainName, roles, usualNames, type FieldsOption, type Role } from '../json/fieldNames.ts';
import { defineFormat } from '../format.ts';
import { maxLineBytes } from '../bytes/limits.ts';
import { setOwn } from '../json/setOwn.ts';
import { StampClock, stampOptions } from '../time/stampClock.ts';

const options = z.strictObject({
  fields: fieldsOption.describe('Which column stands for what, where the usual names do not fit.'),
  delimiter: z
    .string()
    .length(1)
    .or(z.literal('auto'))
    .default('auto')
    .describe('Between fields. auto: the one of , ; tab | that the header uses most.'),
  columns: z.array(z.string()).min(1).optional().describe('Names of the columns, when the file has no header.'),
  ...stampOptions,
  maxLineBytes,
});

/** The column of each role, -1 where there is none. */
function columnsOf(columns: readonly string[], fields: FieldsOption): Record<Role, number> {
  const plain = columns.map(plainName);
  const found = {} as Record<Role, number>;
  for (const role of roles) {
    const usual = role === 'id' ? undefined : usualNames[role].find((name) => plain.includes(name));
    const mapped = fields[role];
    found[role] = mapped !== undefined ? columns.indexOf(mapped) : usual === undefined ? -1 : plain.indexOf(usual);
  }
  return found;
}

/** Everything that did not become time, text or an id; empty cells say nothing. */
function metadataOf(columns: readonly string[], fields: readonly string[], used: ReadonlySet<number>, level: string): JsonObject {
  const metadata: JsonObject = {};
  for (let i = 0; i < columns.length; i++) if (!used.has(i) && fields[i] !== '') setOwn(metadata, columns[i]!, fields[i]!);
  if (level !== '') metadata.level = level;
  return metadata;
}

function rowReader(columns: readonly string[], fields: FieldsOption, clock: StampClock): RowReader {
  const at = columnsOf(columns, fields);
  const missing = roles.filter((role) => fields[role] !== undefined && at[role] < 0);
  if (missing.length > 0) return () => `there is no column ${missing.map((role) => JSON.stringify(fields[role])).join(', ')}`;
  const time = timeColumns(columns, fields.timestamp);
  const used = new Set([...(time?.indices ?? []), at.text, at.level, at.source, at.group, at.id]);
  const cell = (row: readonly string[], index: number) => (index < 0 ? '' : row[index]!);
  return (row) => {
    const ms = time === null ? Number.NaN : time.read(row, clock);
    if (time && Number.isNaN(ms))
      return `${JSON.stringify(
        time.indices
          .map((i) => row[i])
          .join(' ')
          .slice(0, 80),
      )} is not a time`;
    const id = cell(row, at.id);
    const problem = at.id < 0 ? null : idProblem(id);
    if (problem !== null) return problem;
    const metadata = metadataOf(columns, row, used, cell(row, at.level));
    const described = () =>
      Object.entries(metadata)
        .map(([name, value]) => `${name}=${String(value)}`)
        .join(' ');
    const [source, groupId, logicalId] = [cell(row, at.source), cell(row, at.group), cell(row, at.component)];
    return {
      time: ms,
      text: at.text < 0 ? described() : cell(row, at.text),
      metadata,
      ...(at.id >= 0 && { id }),
      ...(source !== '' && { source }),
      ...(groupId !== '' && { groupId }),
      ...(logicalId !== '' && { logicalId }),
    };
  };
}

/** Comma separated values with a header. */
export const csv = defineFormat({
  name: 'csv',
  summary: 'comma (or ; tab |) separated values with a header',
  options,
  create: ({ fields, delimiter, columns, maxLineBytes: max, ...stamps }, context, from) => {
    const clock = new StampClock(stamps, context.reference, savedRows(from) as number | null);
    const rows = (names: readonly string[]) => rowReader(names, fields, clock);
    return new CsvParser({ delimiter, columns, maxLineBytes: max, rows, save: () => clock.save() }, context, from);
  },
});
