import type { Pipeline } from './definition.ts';
import { isCut, planCut, type Cut, type Uncut } from './plan.ts';
import { readVerb } from './registry.ts';

/** Operators and sources share names with none of these: a node of the diagram is `<kind>_<id>`. */
type Part = 'source' | 'operator' | 'sink';

const nodeId = (part: Part, id: string): string => `${part}_${id.replaceAll('-', '_')}`;
/** Mermaid reads quotes and markup in a label; ids and verbs hold none, but a required module may bring any name. */
const label = (text: string): string => text.replace(/["<>&#`]/g, (sign) => `#${sign.charCodeAt(0)};`);
const titled = (id: string, verb: string): string => (id === verb ? label(id) : `${label(id)}<br/>${label(verb)}`);

/** A pipeline as a Mermaid flowchart: sources as stadiums, operators as boxes, sinks as cylinders; ports on the arrows; a box around what is shared out. */
export function drawGraph({ name, sources, operators, sinks }: Pick<Pipeline, 'name' | 'sources' | 'operators' | 'sinks'>): string {
  const sourceIds = sources.map((s) => s.id);
  const lines = ['---', `title: ${name}`, '---', 'flowchart LR'];
  for (const { id, source } of sources) lines.push(`  ${nodeId('source', id)}(["${titled(id, readVerb('source', source.spec.name))}"])`);
  for (const { id, operator } of operators)
    lines.push(`  ${nodeId('operator', id)}["${titled(id, readVerb('operator', operator.spec.name))}"]`);
  for (const { id, sink } of sinks) lines.push(`  ${nodeId('sink', id)}[("${titled(id, readVerb('sink', sink.spec.name))}")]`);
  const arrows = (from: readonly string[], to: string) =>
    (from.length === 0 ? sourceIds : from).map((upstream) => {
      const [base = '', port] = upstream.split('.');
      const part = operators.some((o) => o.id === base) ? 'operator' : 'source';
      return `  ${nodeId(part, base)} -->${port === undefined ? '' : `|${port}|`} ${to}`;
    });
  for (const { id, from } of operators) lines.push(...arrows(from, nodeId('operator', id)));
  for (const { id, from } of sinks) lines.push(...arrows(from, nodeId('sink', id)));
  return [...lines, ...drawCut(planCut({ sources, operators }))].join('\n');
}

/** What can be shared out by group, as a box; or why nothing can. */
const drawCut = (plan: Cut | Uncut): string[] =>
  isCut(plan)
    ? ['  subgraph by_group [by group, in any number of places]', `    ${nodeId('operator', plan.partition)}`, '  end']
    : [`%% in one place: ${plan.why}`];
