import { join, resolve } from 'node:path';
import { digest } from '../../base/digest.ts';
import type { Io } from '../../io.ts';
import { stateFolder } from '../../run/checkpoint/checkpointing.ts';

/** Bytes that the path of a socket may have on every system that has them. */
const longest = 100;

/**
 * Where a running pipeline is reached: a socket in the folder of its state, which nobody else may enter; where that path
 * is too long for a socket, one in the folder for temporary files, named after it.
 */
export function controlPath({ env }: Pick<Io, 'env'>, dataDir: string, pipeline: string): string {
  const path = resolve(stateFolder(dataDir, pipeline), 'control.sock');
  return Buffer.byteLength(path) <= longest ? path : join(env['TMPDIR'] ?? '/tmp', `caducus-${digest(path, 24)}.sock`);
}
