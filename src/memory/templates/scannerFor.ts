import { Scanner, type ScannerOptions } from '../scan/scanner.ts';

/** Scanners, by the rules they have (none: `plain`), then by their limits. */
const shared = new WeakMap<object, Map<string, Scanner>>();
const plain = {};

/**
 * The scanner of an index. A scanner keeps nothing from line to line but its room, some 20 KB, so that all indexes with
 * the same limits and the same rules share one: a thousand groups of a few lines each would spend more on room than on
 * lines.
 */
export function scannerFor(options: ScannerOptions): Scanner {
  const { maxTokens, maxBytes, mask, keep } = options;
  // Rules are compared by identity: the groups of one memory have the very same ones.
  const owner = mask ?? keep ?? plain;
  let scanners = shared.get(owner);
  if (!scanners) shared.set(owner, (scanners = new Map()));
  const key = `${maxTokens} ${maxBytes}`;
  const known = scanners.get(key);
  if (known?.has(options)) return known;
  const scanner = new Scanner(options);
  scanners.set(key, scanner);
  return scanner;
}
