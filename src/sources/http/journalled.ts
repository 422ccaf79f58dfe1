import { evictOldest } from '../../base/evictOldest.ts';
import type { Json } from '../../event.ts';
import type { Signal } from '../../signal.ts';
import type { Journal } from '../../store/journal.ts';
import { shortHash } from '../shortHash.ts';
import type { SourceBatch } from '../source.ts';

/** Ids remembered to drop repeats, as 16 characters each. Alertmanager repeats what still fires every few hours. */
const remembered = 2_000;

export interface JournalledOptions {
  /** Id of the source. */
  source: string;
  from: Json | null;
  signal: AbortSignal;
  /** Told of each record that is left out. */
  repeated(): void;
}

/** The records of a journal, without those whose id has just been there: senders repeat themselves, and come in pairs. */
export async function* journalled(journal: Journal, { source, from, signal, repeated }: JournalledOptions): AsyncGenerator<SourceBatch> {
  const known = new Set<string>(idsIn(from));
  for await (const { lines, position } of journal.lines(signal)) {
    const records: Signal[] = [];
    for (const line of lines) {
      const record = parsed(line, source);
      if (record.kind === 'event') {
        const id = shortHash([record.event.id]);
        if (known.has(id)) {
          repeated();
          continue;
        }
        known.add(id);
        evictOldest(known, remembered);
      }
      records.push(record);
    }
    yield { records, position: { ...position, ids: [...known] } };
  }
}

function idsIn(from: Json | null): string[] {
  const ids = from !== null && typeof from === 'object' && !Array.isArray(from) ? from.ids : null;
  return Array.isArray(ids) ? ids.map(String) : [];
}

/** A line of the journal was written by us; one that is damaged is shown, not dropped. */
function parsed(line: string, source: string): Signal {
  try {
    return JSON.parse(line) as Signal;
  } catch (error) {
    const rejected = { source, reason: `damaged journal line: ${(error as Error).message}`, place: {}, original: line.slice(0, 4096) };
    return { kind: 'rejected', time: 0, key: '', rejected };
  }
}
