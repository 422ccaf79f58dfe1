import { join } from 'node:path';
import { isObject } from '../base/isObject.ts';
import { fromSaved } from '../base/saved.ts';
import type { Json } from '../event.ts';
import type { Files } from '../io.ts';
import type { Analysis } from '../memory/classic/analyze.ts';
import { encodeName } from './encodeName.ts';
import { ofStore } from './recall.ts';

const findPath = (dataDir: string, group: string): string => join(dataDir, 'state', ofStore, 'analyses', `${encodeName(group)}.json`);

/** What came of analyzing a group; null where that was asked of another store, or never. Derived: a damaged file is as good as none. */
export function readAnalysis(files: Files, dataDir: string, group: string, question: string): Analysis | null {
  const text = files.readSync(findPath(dataDir, group));
  try {
    const kept = text === null ? null : (JSON.parse(text) as Json);
    return isObject(kept) && kept['question'] === question ? fromSaved<Analysis>(kept['analysis'] as Json) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Keeps what came of analyzing a group. */
export function keepAnalyzed(files: Files, dataDir: string, group: string, question: string, analysis: Analysis): void {
  files.writeSync(findPath(dataDir, group), JSON.stringify({ question, analysis }));
}
