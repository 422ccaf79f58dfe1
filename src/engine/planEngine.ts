import { CaducusError } from '../errors.ts';
import type { Pipeline } from '../pipeline/definition.ts';
import { isCut, planCut, type Cut } from '../pipeline/plan.ts';

/** How a pipeline is worked on on an engine: shared out by key; or in one place, which `remark` says with the reason. */
export type EnginePlan = { cut: Cut; remark: null } | { cut: null; remark: string };

/** Plans it. Throws CAD002 where the pipeline cannot be run so yet, with the reason. */
export function planEngine(pipeline: Pipeline): EnginePlan {
  const asking = pipeline.operators.find(({ embedder }) => embedder !== undefined);
  if (asking)
    throw new CaducusError(
      'CAD002',
      { file: pipeline.file },
      `--engine cannot run this pipeline yet: ${asking.id} waits for the vectors of its embedder`,
      { hint: 'Run it without --engine, on one machine: --workers uses its cores.' },
    );
  const cut = planCut(pipeline);
  if (isCut(cut)) return { cut, remark: null };
  const remark = `The operators of this pipeline work in one process, and in another when that ends: ${cut.why}.`;
  return { cut: null, remark };
}
