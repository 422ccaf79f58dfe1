import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Event } from '../../src/event.ts';
import type { EventSignal } from '../../src/signal.ts';

/** A new folder for each test of the surrounding `describe`, removed after it. */
export function temporaryFolder(): () => string {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'caducus-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return () => folder;
}

/** An event of a test: minute `at` of 14 March 2026 unless a timestamp is given. */
export function event(id: string, at: number | string, group = 'app:a', text = `line ${id}`): Event {
  const timestamp = typeof at === 'string' ? at : new Date(Date.UTC(2026, 2, 14, 0, at)).toISOString();
  return { id, timestamp, source: 'app', group_id: group, text, metadata: { level: 'INFO' } };
}

export const eventSignal = (record: Event): EventSignal => ({
  kind: 'event',
  time: Date.parse(record.timestamp),
  key: record.group_id,
  event: record,
});
