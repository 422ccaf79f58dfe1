import type { OpenRun } from '../../run/openRun.ts';
import type { RunLook } from '../live/runLook.ts';
import { tell, type CliContext } from '../shared/context.ts';
import { answerLook } from './answerLook.ts';
import { answerTap } from './answerTap.ts';
import { openControl, type Control } from './openControl.ts';

/** How often a run takes note of how far it is, milliseconds. */
const noteEvery = 1_000;

/** Lets `caducus top`, `tap` and `reload` connect to this run; null, and reported, where there can be no socket. It runs all the same. */
export async function openRunControl(
  running: OpenRun,
  { pipeline, look, reload }: { pipeline: string; look: RunLook; reload(): Promise<readonly string[]> },
  context: CliContext,
): Promise<Control | null> {
  const { io, dataDir } = context;
  look.figures = () => running.figures();
  try {
    const control = await openControl(io, dataDir, pipeline, {
      look: answerLook(look, io),
      tap: answerTap(running, io),
      reload: async (_wish, { say }) => void (await say({ notes: await reload() })),
    });
    const noted = io.every(noteEvery, () => look.note());
    return {
      close: async () => {
        noted();
        await control.close();
      },
    };
  } catch (error) {
    await tell(context, `caducus top, tap and reload cannot reach this run: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}
