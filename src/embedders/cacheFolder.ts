import { homedir, platform } from 'node:os';
import { join } from 'node:path';
import type { Io } from '../io.ts';

/**
 * Where models and vectors are kept for this user: `CADUCUS_CACHE_DIR`, else the place the system has for what can be
 * made again (XDG base directory specification; ~/Library/Caches on macOS; %LOCALAPPDATA% on Windows).
 */
export function cacheFolder(env: Io['env'], { home = homedir(), system = platform() as string } = {}): string {
  if (env.CADUCUS_CACHE_DIR) return env.CADUCUS_CACHE_DIR;
  if (system === 'darwin') return join(home, 'Library', 'Caches', 'caducus');
  if (system === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'caducus', 'cache');
  return join(env.XDG_CACHE_HOME ?? join(home, '.cache'), 'caducus');
}
