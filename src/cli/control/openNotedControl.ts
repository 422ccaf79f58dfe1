import type { RunFigures } from '../../run/report.ts';
import type { RunLook } from '../live/runLook.ts';
import { tell, type CliContext } from '../shared/context.ts';
import { answerLook } from './answerLook.ts';
import { openControl, type Answers, type Control } from './openControl.ts';

/** How often a run takes note of how far it is, milliseconds. */
const noteEvery = 1_000;

export interface NotedControlOptions extends Omit<Answers, 'look'> {
  pipeline: string;
  look: RunLook;
  figures(): RunFigures | null;
  /** What connects to it, for people. */
  commands: string;
}

/**
 * Lets commands connect to a run, which takes note meanwhile of how far it is; null, and reported, where there can be no
 * socket. It runs all the same.
 */
export async function openNotedControl(
  { pipeline, look, figures, commands, ...answers }: NotedControlOptions,
  context: CliContext,
): Promise<Control | null> {
  const { io, dataDir } = context;
  look.figures = figures;
  try {
    const control = await openControl(io, dataDir, pipeline, { ...answers, look: answerLook(look, io) });
    const noted = io.every(noteEvery, () => look.note());
    return {
      close: async () => {
        noted();
        await control.close();
      },
    };
  } catch (error) {
    await tell(context, `${commands} cannot reach this run: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}
