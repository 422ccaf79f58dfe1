import { describeGraph } from '../../pipeline/describeGraph.ts';
import type { OpenRun } from '../../run/openRun.ts';
import { tell, type CliContext } from '../shared/context.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { OpenWeb } from './openWeb.ts';

/** The radar of a running pipeline in a browser, where `http` asks for one; else null. Throws as `serveRadar`. */
export async function openRunWeb(run: OpenRun, telemetry: Telemetry, context: CliContext): Promise<OpenWeb | null> {
  if (context.layered.settings.http === '') return null;
  const { openWeb } = await import('./openWeb.ts');
  const behind = {
    pipeline: run.pipeline.name,
    // Asked each time: a run that takes another file has another board.
    get board() {
      return run.board;
    },
    known: () => run.known(),
    figures: () => run.figures(),
    graph: () => describeGraph(run.pipeline),
    problem: () => telemetry.problem(),
  };
  const web = await openWeb(behind, { holds: false, beside: telemetry.answer }, context);
  await tell(context, `The radar: ${web.address}`);
  return web;
}
