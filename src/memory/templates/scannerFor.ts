import { Scanner, type ScannerOptions } from '../scanner.ts';

const shared = new Map<string, Scanner>();

/**
 * The scanner of an index. A scanner keeps nothing from line to line but its room, some 20 KB, so that all indexes with
 * the same limits share one: a thousand groups of a few lines each would spend more on room than on lines. Whoever has
 * rules for tokens gets a scanner of their own.
 */
export function scannerFor(options: ScannerOptions): Scanner {
  const { maxTokens, maxBytes, mask, keep } = options;
  if (mask || keep) return new Scanner(options);
  const key = `${maxTokens} ${maxBytes}`;
  let scanner = shared.get(key);
  if (!scanner) shared.set(key, (scanner = new Scanner({ maxTokens, maxBytes })));
  return scanner;
}
