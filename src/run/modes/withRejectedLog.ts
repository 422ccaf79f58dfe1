import { rejectedLog } from '../../sinks/rejectedLog.ts';
import type { Pipeline } from '../../pipeline/definition.ts';

/** No id of a pipeline file can look like this. */
export const rejectedLogId = '~rejected';

/** A pipeline that also keeps what it rejects, at the ingress and in its operators, for `caducus rejected`. */
export function withRejectedLog(pipeline: Pipeline): Pipeline {
  const { operators, sinks } = pipeline;
  // What is read through a port only goes no further itself.
  const used = new Set(operators.flatMap(({ from }) => from.filter((name) => !name.includes('.'))));
  const from = operators.filter(({ id }) => !used.has(id)).map(({ id }) => id);
  const log = { id: rejectedLogId, sink: rejectedLog, options: rejectedLog.spec.options.parse({}), from };
  return { ...pipeline, sinks: [...sinks, log] };
}
