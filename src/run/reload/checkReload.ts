import { CaducusError } from '../../errors.ts';
import type { Io } from '../../io.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import { Checkpointing } from '../checkpoint/checkpointing.ts';
import { withMarks } from '../modes/withMarks.ts';
import { withWatch } from '../modes/withWatch.ts';

export interface CheckReloadOptions {
  io: Io;
  dataDir: string;
  acceptChanges?: boolean | undefined;
}

/**
 * Whether a run could go on as `next`, from its newest checkpoint; nothing is changed. Resolves to what becomes of what it
 * knows, a line each. Throws CAD042 when it could not, saying what differs.
 */
export async function checkReload(
  running: Pipeline,
  next: Pipeline,
  { io, dataDir, acceptChanges = false }: CheckReloadOptions,
): Promise<string[]> {
  const refuse = (what: string, hint: string) => new CaducusError('CAD042', { file: next.file }, what, { hint });
  if (next.name !== running.name)
    throw refuse(
      `it is named ${next.name}, and ${running.name} runs`,
      `caducus state mv ${running.name} ${next.name} renames it, while it does not run.`,
    );
  const once = [...running.sources, ...next.sources].find(({ source }) => source.spec.name === 'stdin');
  if (once) throw refuse(`source ${once.id} is standard input, which cannot be handed over`, 'Stop the run and start it anew.');
  const notes: string[] = [];
  const whole = withMarks(withWatch(next, io).pipeline, dataDir);
  await new Checkpointing(whole, { io, dataDir, acceptChanges, changed: (some) => notes.push(...some) }).restore();
  return notes;
}
