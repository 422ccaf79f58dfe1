import { rules } from '../../../operators/rules.ts';
import { watchSource } from './withWatch.ts';
import type { OperatorNode, Pipeline, SinkNode } from '../../pipeline/definition.ts';

/** No id of a pipeline file can look like this. */
const answersId = '~answers';

/**
 * A pipeline in which an ack, a silence or a note reaches every finding, although its file has no `rules` behind the
 * operator that finds: `rules` without a rule stands before each sink that would get findings nobody could answer.
 */
export function withAnswers(pipeline: Pipeline): Pipeline {
  const deaf = deafOperators(pipeline.operators);
  const answers = new Map<string, OperatorNode>();
  const behind = (from: readonly string[]): string => {
    const key = from.join();
    const id = answers.get(key)?.id ?? `${answersId}${answers.size === 0 ? '' : `-${answers.size + 1}`}`;
    answers.set(key, { id, operator: rules, options: rules.spec.options.parse([]), from: [...from] });
    return id;
  };
  const sinks = pipeline.sinks.map((sink): SinkNode => {
    const open = takesFindings(sink) ? sink.from.filter((name) => deaf.has(name.split('.')[0]!)) : [];
    return open.length === 0 ? sink : { ...sink, from: [...sink.from.filter((name) => !open.includes(name)), behind(open)] };
  });
  return answers.size === 0 ? pipeline : { ...pipeline, operators: [...pipeline.operators, ...answers.values()], sinks };
}

/** Operators whose output has findings in it that nobody has applied people's answers to. */
function deafOperators(operators: readonly OperatorNode[]): ReadonlySet<string> {
  const deaf = new Set<string>([watchSource]);
  for (const { id, operator, from } of operators) {
    const { name, accepts, emits } = operator.spec;
    if (name === rules.spec.name) continue;
    // Who takes marks answers for its own findings, not for those that pass.
    const finds = emits?.includes('finding') === true && accepts?.includes('mark') !== true;
    if (finds || from.some((passing) => deaf.has(passing.split('.')[0]!))) deaf.add(id);
  }
  return deaf;
}

const takesFindings = ({ options }: SinkNode): boolean => (options as { select?: string[] }).select?.includes('finding') !== false;
