import { isNewer } from '../base/recordText.ts';
import type { Signal } from '../signal.ts';
import type { Journal, JournalPosition } from '../store/journal.ts';

/** What a source has put in its journal, a signal a line, as the journal gives it. */
export async function* journalRecords(
  journal: Journal,
  source: string,
  signal: AbortSignal,
): AsyncGenerator<{ records: Signal[]; position: JournalPosition }> {
  for await (const { lines, position } of journal.lines(signal)) yield { records: lines.map((line) => parsed(line, source)), position };
}

/** A line of the journal was written by us; one that is damaged is shown, not dropped. */
function parsed(line: string, source: string): Signal {
  try {
    const { schema, ...record } = JSON.parse(line) as Signal & { schema?: number };
    if (isNewer({ schema })) throw new Error('of a later release');
    return record as Signal;
  } catch (error) {
    const rejected = { source, reason: `damaged journal line: ${(error as Error).message}`, place: {}, original: line.slice(0, 4096) };
    return { kind: 'rejected', time: 0, key: '', rejected };
  }
}
