import { parseDuration } from '../../../config/scalars.ts';
import { CaducusError } from '../../errors.ts';
import { duration } from '../../views/text/duration.ts';
import { tell, type CliContext } from '../shared/context.ts';
import { recordLine } from '../../base/recordText.ts';
import { join } from 'node:path';
import type { Files } from '../../io.ts';
import { stateFolder } from '../../run/checkpoint/checkpointing.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import { ofStore } from '../../store/recall.ts';
import { buildPipeline, radarOperators } from '../shared/pipelineNodes.ts';

/** With what the radar of the store was taught: what it learned is good for the same groups and windows only. */
export interface LearnedSettings {
  by: string;
  /** Milliseconds. */
  window: number;
}

const learnedFile = (dataDir: string) => join(stateFolder(dataDir, ofStore), 'learned.json');

export function keepLearned(files: Files, dataDir: string, settings: LearnedSettings): void {
  files.writeSync(learnedFile(dataDir), recordLine(settings));
}

/** With what the radar of the store was taught; null when it was not. */
export function learnedSettings(files: Files, dataDir: string): LearnedSettings | null {
  const text = files.readSync(learnedFile(dataDir));
  if (text === null) return null;
  // Before windows were kept as lengths they were kept as they were written: `5m`.
  const { by, window } = JSON.parse(text) as { by: string; window: number | string };
  return { by, window: typeof window === 'number' ? window : (parseDuration(window) ?? 0) };
}

/** The radar of the store as it is taught. */
export function taughtRadar(settings: LearnedSettings): Pipeline {
  return buildPipeline(ofStore, { sources: [], operators: radarOperators({ ...settings, top: 8 }), sinks: [] });
}

/** What was learned, where it is good for the groups and windows that are asked for; else says why it is not. */
export async function fittingSettings(
  flags: { by: string; window?: number | undefined; learned: boolean },
  context: CliContext,
): Promise<LearnedSettings | null> {
  const learned = learnedSettings(context.io.files, context.dataDir);
  if (!learned) {
    if (flags.learned)
      throw new CaducusError('CAD002', { path: '--learned' }, 'nothing was learned yet', { hint: 'Teach it first: caducus learn FILE...' });
    return null;
  }
  const window = flags.window;
  const fits = learned.by === flags.by && (window === undefined || window === learned.window);
  if (!fits)
    await tell(context, `What was learned is not used: it is of groups by ${learned.by}, in windows of ${duration(learned.window)}.`);
  return fits ? learned : null;
}
