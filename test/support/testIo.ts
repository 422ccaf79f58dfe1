import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export { capturedScreen, testIo, type CapturedScreen, type TestIo } from '../../src/testing.ts';

/** A folder that is gone after the test. */
export function temporaryFolder(): { path: string; file(name: string): string } {
  const path = mkdtempSync(join(tmpdir(), 'caducus-test-'));
  after(() => rmSync(path, { recursive: true, force: true }));
  return { path, file: (name) => join(path, name) };
}
