import { CaducusError } from '../errors.ts';
import type { Pipeline } from '../pipeline/definition.ts';
import { isCut, planCut, type Cut } from '../pipeline/plan.ts';

/** How a pipeline is worked on on an engine: shared out by key; or in one place, which `remark` says with the reason. */
export type EnginePlan = { cut: Cut; remark: null } | { cut: null; remark: string };

/** Plans it. Throws CAD002 where the pipeline cannot be run so yet, with the reason. */
export function planEngine(pipeline: Pipeline): EnginePlan {
  const why = refusal(pipeline);
  if (why !== null)
    throw new CaducusError('CAD002', { file: pipeline.file }, `--engine cannot run this pipeline yet: ${why}`, {
      hint: 'Run it without --engine, on one machine: --workers uses its cores.',
    });
  const cut = planCut(pipeline);
  if (isCut(cut)) return { cut, remark: null };
  const remark = `The operators of this pipeline work in one process, and in another when that ends: ${cut.why}.`;
  return { cut: null, remark };
}

/** What an engine does not have yet; null where there is nothing. */
function refusal({ operators, sources }: Pipeline): string | null {
  const asking = operators.find(({ embedder }) => embedder !== undefined);
  if (asking) return `${asking.id} waits for the vectors of its embedder`;
  const expected = sources.find((source) => source.expected !== undefined);
  return expected ? `something is expected of ${expected.id}, which is noticed in one process only` : null;
}
