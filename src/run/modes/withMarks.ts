import { marks } from '../../sources/marks.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import { withAnswers } from './withAnswers.ts';

/** The source beside those of the file. Where it is led is no part of what an operator's state means. */
export const impliedSource = 'marks';
const id = impliedSource;

/**
 * A pipeline that also takes what people answer to the radars of its data folder: the source `marks` beside its own, led
 * straight to the first operator, or sink, on each path that takes marks. Findings meet what is answered about them, whether
 * the file has `rules` for it or not. One that takes no marks and finds nothing, or reads marks already, stays as it is.
 */
export function withMarks(given: Pipeline, dataDir: string): Pipeline {
  if (given.sources.some(({ id: taken, source }) => taken === id || source.spec.name === marks.spec.name)) return given;
  const pipeline = withAnswers(given);
  const { sources, operators, sinks } = pipeline;
  const all = sources.map((source) => source.id);
  /** Nodes whose output has marks in it. */
  const carries = new Set<string>();
  const led = <N extends { id: string; from: string[] }>(node: N, takes: boolean): N => {
    const has = node.from.some((name) => carries.has(name));
    if (has || takes) carries.add(node.id);
    return takes && !has ? { ...node, from: [...(node.from.length > 0 ? node.from : all), id] } : node;
  };
  const nodes = {
    operators: operators.map((node) => led(node, node.operator.spec.accepts?.includes('mark') === true)),
    sinks: sinks.map((node) => led(node, (node.options as { select?: string[] }).select?.includes('mark') === true)),
  };
  if (carries.size === 0) return pipeline;
  const follow = sources.some(({ source, options }) => source.spec.live(options));
  const options = marks.spec.options.parse({ path: dataDir, follow });
  return { ...pipeline, ...nodes, sources: [...sources, { id, source: marks, options }] };
}
