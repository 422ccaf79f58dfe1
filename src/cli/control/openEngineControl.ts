import { CaducusError } from '../../errors.ts';
import type { RunFigures } from '../../run/report.ts';
import type { RunLook } from '../live/runLook.ts';
import { tell, type CliContext } from '../shared/context.ts';
import { answerLook } from './answerLook.ts';
import { openControl } from './openControl.ts';

/** How often a run takes note of how far it is, milliseconds. */
const noteEvery = 1_000;

export interface EngineControlOptions {
  pipeline: string;
  look: RunLook;
  figures(): RunFigures | null;
}

/**
 * Lets `caducus top` connect to a process that writes the output of a pipeline on an engine, whose folder's lock is held.
 * Resolves to what ends that; nothing, and reported, where there can be no socket.
 */
export async function openEngineControl(
  { pipeline, look, figures }: EngineControlOptions,
  context: CliContext,
): Promise<() => Promise<void>> {
  const { io, dataDir } = context;
  look.figures = figures;
  const refuse = (what: string, hint: string) => () => Promise.reject(new CaducusError('CAD002', {}, what, { hint }));
  try {
    const control = await openControl(io, dataDir, pipeline, {
      look: answerLook(look, io),
      tap: refuse(
        'a pipeline on an engine flows through several processes, none of which sees all of it',
        'caducus top shows what leaves it.',
      ),
      reload: refuse('this pipeline runs on an engine', 'caducus reload FILE --engine URL takes the file again, in all its processes.'),
    });
    const noted = io.every(noteEvery, () => look.note());
    return async () => {
      noted();
      await control.close();
    };
  } catch (error) {
    await tell(context, `caducus top cannot reach this run: ${error instanceof Error ? error.message : String(error)}`);
    return async () => undefined;
  }
}
