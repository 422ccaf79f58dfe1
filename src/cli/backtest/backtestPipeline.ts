import { rules as rulesOperator } from '../../../operators/rules.ts';
import type { Backtest } from '../../findings/backtest.ts';
import { options as ruleOptions, readSettings, type Rule } from '../../findings/rules/options.ts';
import type { Pipeline, SinkNode, SourceNode } from '../../pipeline/definition.ts';
import { leaves } from '../../pipeline/leaves.ts';
import { impliedSource, withMarks } from '../../run/modes/withMarks.ts';
import { defineSource, type SourceEntry } from '../../sources/source.ts';
import { webhookOptions } from '../../sinks/webhook/options.ts';
import { makePagesSink } from './pagesSink.ts';

/** The rules of a pipeline, in their order. */
export const listRules = ({ operators }: Pipeline): Rule[] =>
  operators.flatMap(({ operator, options }) =>
    operator.spec.name === rulesOperator.spec.name ? readSettings(ruleOptions.parse(options)).rules : [],
  );

/** Sinks that tell people are those that know how to print in place of it. */
const sends = ({ options }: SinkNode): boolean => 'dryRun' in (options as object);

/** Whether a pipeline sends anything to people. */
export const hasSender = ({ sinks }: Pipeline): boolean => sinks.some(sends);

/**
 * A pipeline over other sources whose sinks that send only count. Where it has none, one with the defaults of a webhook
 * stands in for it. Nothing else is written.
 */
export function backtestPipeline(
  pipeline: Pipeline,
  sources: readonly SourceNode[] | null,
  { backtest, dataDir }: { backtest: Backtest; dataDir: string },
): Pipeline {
  const sink = makePagesSink(backtest);
  const counting = pipeline.sinks.filter(sends).map((node): SinkNode => ({ ...node, sink }));
  const standIn: SinkNode = {
    id: 'webhook',
    sink,
    options: webhookOptions.parse({ format: 'json', url: 'http://localhost/' }),
    from: leaves(pipeline.operators),
  };
  const sinks = counting.length > 0 ? counting : [standIn];
  const answered = withChanges({ ...pipeline, sinks }, dataDir);
  if (sources === null) return answered;
  const replaced = new Set(pipeline.sources.map(({ id }) => id));
  const operators = answered.operators.map((node) => {
    const from = node.from.filter((name) => !replaced.has(name.split('.')[0]!));
    return from.length === node.from.length ? node : { ...node, from: [...sources.map(({ id }) => id), ...from] };
  });
  const beside = answered.sources.filter(({ source }) => source.spec.accompanies);
  return { ...answered, sources: [...sources, ...beside], operators };
}

/**
 * A pipeline that takes the changes that were marked in a data folder. What people answered to other findings, in a time
 * when they had other rules, is no part of it.
 */
function withChanges(pipeline: Pipeline, dataDir: string): Pipeline {
  const marked = withMarks(pipeline, dataDir);
  const sources = marked.sources.map((node) => (node.id === impliedSource ? { ...node, source: onlyChanges(node.source) } : node));
  return { ...marked, sources };
}

function onlyChanges({ spec }: SourceEntry): SourceEntry {
  const open: typeof spec.open = (options, context) => {
    const { batches, ...rest } = spec.open(options, context);
    const changes = async function* () {
      for await (const batch of batches) {
        const records = batch.records.filter((record) => record.kind !== 'mark' || record.mark.type === 'change');
        yield { ...batch, records };
      }
    };
    return { ...rest, batches: changes() };
  };
  return defineSource({ ...spec, open });
}
