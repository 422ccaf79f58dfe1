import type { JsonObject } from '../../event.ts';
import { noteAccess, noteRequest } from '../access/noteRequest.ts';
import { isRequestField } from '../access/requestFields.ts';
import { idProblem } from '../json/canonical.ts';
import { setOwn } from '../json/setOwn.ts';
import type { StampClock } from '../time/stampClock.ts';
import { alignRow } from './alignRow.ts';
import { innerText, plainText } from './innerText.ts';
import type { RowReader } from './csvParser.ts';
import { readTime } from './csvTime.ts';
import { readLevel } from './levelScale.ts';
import type { TableRoles } from './tableRoles.ts';

/** Reads rows of a table whose columns are known. `delimiter` is put back where a text held it. */
export function readRows(columns: readonly string[], roles: TableRoles, clock: StampClock, delimiter: string): RowReader {
  const used = new Set([...roles.time, roles.text, roles.level, roles.source, roles.group, roles.id]);
  const asks = roles.inner || columns.some(isRequestField);
  return (cells) => {
    const row = alignRow(cells, columns.length, roles, delimiter);
    if (row === null) return `${cells.length} columns where the header has ${columns.length}`;
    const cell = (index: number) => (index < 0 ? '' : row[index]!);
    const time = roles.time.length === 0 ? Number.NaN : readTime(row, roles.time, clock);
    // Tables that were put one behind the other name their columns again.
    if (Number.isNaN(time) && row.every((value, i) => value.trim() === columns[i])) return 'the names of the columns again';
    const id = cell(roles.id);
    const problem = roles.id < 0 ? null : idProblem(id);
    if (problem !== null) return problem;
    const metadata: JsonObject = {};
    for (let i = 0; i < columns.length; i++) if (!used.has(i) && row[i] !== '') setOwn(metadata, columns[i]!, row[i]!);
    // A cell that is no time refuses no row: it stays what it is.
    if (Number.isNaN(time)) for (const i of roles.time) if (row[i] !== '') setOwn(metadata, columns[i]!, row[i]!);
    const level = readLevel(cell(roles.level).trim(), roles.scale);
    const inner = roles.text < 0 ? null : roles.inner ? innerText(cell(roles.text), level !== '', clock) : plainText(cell(roles.text));
    if (inner !== null) Object.assign(metadata, inner.metadata);
    if (level !== '') metadata.level = level;
    const described = asks ? noteRequest(metadata, inner?.text) : undefined;
    if (!asks && inner !== null) noteAccess(metadata, inner.text);
    // A table without a column for it may hold lines that have their own.
    const at = roles.time.length > 0 ? time : (inner?.time ?? time);
    clock.note(at);
    const [source, groupId, logicalId] = [cell(roles.source), cell(roles.group), cell(roles.component) || (inner?.component ?? '')];
    return {
      time: at,
      text: inner?.text ?? described ?? listed(metadata),
      metadata,
      ...(roles.id >= 0 && { id }),
      ...(source !== '' && { source }),
      ...(groupId !== '' && { groupId }),
      ...(logicalId !== '' && { logicalId }),
    };
  };
}

/** A row without a text is described by its cells. */
const listed = (metadata: JsonObject) =>
  Object.entries(metadata)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
