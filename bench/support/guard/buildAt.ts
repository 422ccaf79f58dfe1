import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';

const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();

/** The tag of the last release that this commit comes after; null where there is none. */
export function lastRelease(): string | null {
  try {
    return git('describe', '--tags', '--abbrev=0', '--match', 'v[0-9]*', 'HEAD^');
  } catch {
    return null;
  }
}

/** Builds the program as it was at a commit, below a folder; returns its entry. Packages are these, unless the lock file was another. */
export function buildAt(commit: string, folder: string): string {
  git('worktree', 'add', '--quiet', '--detach', folder, commit);
  const lock = 'package-lock.json';
  const isSame = existsSync(join(folder, lock)) && readFileSync(join(folder, lock), 'utf8') === readFileSync(lock, 'utf8');
  if (isSame) symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  else execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder, stdio: 'ignore' });
  return bundle(folder);
}

/** Bundles the program of a checkout; returns its entry. */
export function bundle(folder: string): string {
  execFileSync(process.execPath, ['scripts/bundle.mjs', 'dist/bin'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  return join(folder, 'dist/bin/caducus.js');
}

export const removeBuild = (folder: string): string => git('worktree', 'remove', '--force', folder);
