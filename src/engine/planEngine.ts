import { CaducusError } from '../errors.ts';
import type { Pipeline } from '../pipeline/definition.ts';
import { isCut, planCut, type Cut } from '../pipeline/plan.ts';

/** How a pipeline is shared out on an engine. Throws CAD002 where it cannot be yet, with the reason. */
export function planEngine(pipeline: Pipeline): Cut {
  const cut = planCut(pipeline);
  const why = isCut(cut) ? refusal(pipeline) : cut.why;
  if (why === null) return cut as Cut;
  throw new CaducusError('CAD002', { file: pipeline.file }, `--engine cannot share this pipeline out: ${why}`, {
    hint: 'Run it without --engine, on one machine: --workers uses its cores.',
  });
}

/** What needs one place that an engine does not have yet; null where there is nothing. */
function refusal({ operators, sources }: Pipeline): string | null {
  const asking = operators.find(({ embedder }) => embedder !== undefined);
  if (asking) return `${asking.id} waits for the vectors of its embedder`;
  const expected = sources.find((source) => source.expected !== undefined);
  return expected ? `something is expected of ${expected.id}, which is noticed in one process only` : null;
}
