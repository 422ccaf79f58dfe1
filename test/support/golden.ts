import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';

/** Escape bytes as a visible sign, so that a golden page can be read and compared in any editor. */
const visible = (text: string) => text.replaceAll('\u001b', '␛');

/**
 * Expects the lines to be those of the file beside the test. With `UPDATE_GOLDENS=1` the file is written instead: look
 * at what changed before it is committed.
 */
export function expectGolden(path: URL, lines: readonly string[]): void {
  const text = `${visible(lines.join('\n'))}\n`;
  if (process.env.UPDATE_GOLDENS === '1') writeFileSync(path, text);
  expect(existsSync(path), `${path.pathname} is missing: run with UPDATE_GOLDENS=1`).to.equal(true);
  expect(text).to.equal(readFileSync(path, 'utf8'));
}
