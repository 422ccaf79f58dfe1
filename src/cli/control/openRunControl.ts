import type { OpenRun } from '../../run/openRun.ts';
import type { RunLook } from '../live/runLook.ts';
import type { CliContext } from '../shared/context.ts';
import { answerTap } from './answerTap.ts';
import type { Control } from './openControl.ts';
import { openNotedControl } from './openNotedControl.ts';

/** Lets `caducus top`, `tap` and `reload` connect to this run; null, and reported, where there can be no socket. It runs all the same. */
export const openRunControl = (
  running: OpenRun,
  { pipeline, look, reload }: { pipeline: string; look: RunLook; reload(): Promise<readonly string[]> },
  context: CliContext,
): Promise<Control | null> =>
  openNotedControl(
    {
      ...{ pipeline, look, commands: 'caducus top, tap and reload' },
      figures: () => running.figures(),
      tap: answerTap(running, context.io),
      reload: async (_wish, { say }) => void (await say({ notes: await reload() })),
    },
    context,
  );
