import type { Io } from '../../io.ts';
import { rejectedLog } from '../../sinks/rejectedLog.ts';
import type { RejectedSignal } from '../../signal.ts';
import { rejectedParts } from '../../store/rejectedFiles.ts';

/** Rejected records that a radar holds for the log; of more only how many. */
export const mostRejected = 2000;

/** Puts what the radar of files rejected where `caducus rejected` finds it, in place of what the one before did. */
export async function keepRejected(signals: readonly RejectedSignal[], io: Io, dataDir: string, pipeline: string): Promise<void> {
  for (const { path } of (await rejectedParts(io.files, dataDir)).get(pipeline) ?? []) await io.files.remove(path);
  if (signals.length === 0) return;
  const log = await rejectedLog({}).open({ io, id: 'rejected', dataDir, from: null, pipeline });
  try {
    await log.write(signals);
  } finally {
    await log.close();
  }
}
