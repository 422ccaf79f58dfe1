import { wholeJson, type Parcel } from 'caducus';

/** NUL, which no text of PostgreSQL can hold, as `JSON.stringify` writes it, where the backslash is none that another one has escaped. */
const nul = /(?<!\\)((?:\\\\)*)\\u0000/g;

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Records as rows, in JSON that PostgreSQL reads: what it could not hold is U+FFFD. */
export function writeRows(parcels: readonly Parcel[], pipeline: string): string {
  const rows = parcels.map(({ id, kind, time, record }) => ({
    id,
    pipeline,
    kind,
    time: new Date(time).toISOString(),
    group_id: text(record['group_id']),
    severity: text(record['severity']),
    state: text(record['state']),
    title: text(record['title']) ?? text(record['text']),
    record,
  }));
  return wholeJson(rows).replaceAll(nul, '$1\ufffd');
}
