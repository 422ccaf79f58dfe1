import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';

export interface Compiled {
  /** What the module exports. */
  exports: unknown;
  /** Whether the code that was kept of an earlier start is in use. */
  cached: boolean;
  /** Keeps the code for later starts, with all that has been compiled since; where nothing can be written, none is kept. */
  keep(): void;
}

/**
 * Runs a CommonJS module with the code that an earlier start has compiled, which Node does by itself only from release 22
 * on: reading and compiling the program takes longer than most commands. The code lies beside the module, where nobody can
 * change it who could not change the module as well, under a name that holds `version`: another version has another code.
 * `load` imports what the module asks `__import` for: a script of its own may not import anything.
 * V8 refuses code of another release of itself, or with other flags, and what is damaged; then it is compiled anew.
 */
export function loadCompiled(path: string, version: string, load: (specifier: string) => Promise<unknown>): Compiled {
  const kept = `${path}.${version}.code`;
  const cachedData = readIfThere(kept);
  const script = new Script(`(function (exports, require, module, __filename, __dirname, __import) {${readFileSync(path, 'latin1')}\n})`, {
    filename: path,
    ...(cachedData && { cachedData }),
  });
  const module = { exports: {} };
  (script.runInThisContext() as (...given: unknown[]) => void)(module.exports, createRequire(path), module, path, dirname(path), load);
  const cached = cachedData !== null && script.cachedDataRejected !== true;
  return {
    exports: module.exports,
    cached,
    keep() {
      if (!cached) writeWhole(kept, script.createCachedData());
    },
  };
}

function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    // None is kept yet, or it cannot be read: the program starts without it.
    return null;
  }
}

/** Writes a file at once or not at all: another start may read it meanwhile. */
function writeWhole(path: string, data: Buffer): void {
  const part = `${path}.${process.pid}`;
  try {
    writeFileSync(part, data);
    renameSync(part, path);
  } catch {
    // An installation that belongs to somebody else: it starts as fast as it did.
    rmSync(part, { force: true });
  }
}
