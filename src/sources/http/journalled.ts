import { digest } from '../../base/digest.ts';
import { evictOldest } from '../../base/evictOldest.ts';
import type { Json } from '../../event.ts';
import type { Journal } from '../../store/journal.ts';
import { journalRecords } from '../journalRecords.ts';
import type { SourceBatch } from '../source.ts';

/** Ids remembered to drop repeats, as 16 characters each. Alertmanager repeats what still fires every few hours. */
const remembered = 2_000;

export interface JournalledOptions {
  /** Id of the source. */
  source: string;
  from: Json | null;
  signal: AbortSignal;
  /** Called with each record that is left out. */
  repeated(): void;
}

/** The records of a journal, without those whose id has just been there: senders repeat themselves, and come in pairs. */
export async function* journalled(journal: Journal, { source, from, signal, repeated }: JournalledOptions): AsyncGenerator<SourceBatch> {
  const known = new Set<string>(idsIn(from));
  for await (const { records: all, position } of journalRecords(journal, source, signal)) {
    const records = all.filter((record) => {
      if (record.kind !== 'event') return true;
      const id = digest(record.event.id);
      if (known.has(id)) {
        repeated();
        return false;
      }
      known.add(id);
      evictOldest(known, remembered);
      return true;
    });
    yield { records, position: { ...position, ids: [...known] } };
  }
}

function idsIn(from: Json | null): string[] {
  const ids = from !== null && typeof from === 'object' && !Array.isArray(from) ? from.ids : null;
  return Array.isArray(ids) ? ids.map(String) : [];
}
