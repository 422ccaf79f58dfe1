import { isObject } from '../base/isObject.ts';
import { fromSaved, toSaved } from '../base/saved.ts';
import type { Json, JsonObject } from '../event.ts';
import type { Files } from '../io.ts';
import type { Signal } from '../signal.ts';
import { ofStore, readingPath, stampRecall } from './recall.ts';

/** What came of reading the whole store: all that left the operators but the events. */
export interface Reading {
  /** Length of its windows, milliseconds. */
  window: number;
  /** What the run had to say at its end. */
  report: JsonObject;
  signals: Signal[];
}

interface Head {
  version: 1;
  /** A digest of all that it depends on. */
  question: string;
  /** What `explain` knows of it. */
  recall: string;
  window: number;
  report: JsonObject;
  /** Lines that follow. */
  signals: number;
}

/**
 * What came of reading the store when that was asked last; null where something else was asked, or what `explain` knows has
 * come from elsewhere since. It is derived: a file that is damaged is as good as none.
 */
export function readKept(files: Files, dataDir: string, question: string): Reading | null {
  const lines = files.readSync(readingPath(dataDir))?.split('\n') ?? [];
  try {
    const head = JSON.parse(lines[0] ?? '') as Json;
    if (!isObject(head) || head['version'] !== 1 || head['question'] !== question) return null;
    const { window, report, recall, signals } = head as unknown as Head;
    if (lines.length !== signals + 2 || recall !== stampRecall(files, dataDir, ofStore)) return null;
    return { window, report, signals: lines.slice(1, -1).map((line) => fromSaved<Signal>(JSON.parse(line) as Json)) };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Keeps what came of reading the store, as lines of JSON; nothing where nothing is known of it. */
export function keepReading(
  files: Files,
  dataDir: string,
  question: string,
  { window, report, lines }: Omit<Reading, 'signals'> & { lines: readonly string[] },
): void {
  const recall = stampRecall(files, dataDir, ofStore);
  if (recall === null) return;
  const head: Head = { version: 1, question, recall, window, report, signals: lines.length };
  files.writeSync(readingPath(dataDir), [JSON.stringify(head), ...lines, ''].join('\n'));
}

/** A signal as a line. */
export const signalLine = (signal: Signal): string => JSON.stringify(toSaved(signal));
