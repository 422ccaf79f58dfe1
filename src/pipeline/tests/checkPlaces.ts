import { meantOrKnown } from '../../base/text/didYouMean.ts';
import type { OperatorNode, SinkNode, SourceNode } from '../definition.ts';
import type { Path } from '../yamlDocument.ts';
import type { TestCase } from './testCase.ts';

interface Parts {
  sources: readonly SourceNode[];
  operators: readonly OperatorNode[];
  sinks: readonly SinkNode[];
}

/** What a test names that its pipeline does not have. */
export interface Dangling {
  path: Path;
  what: string;
  hint: string;
}

/** Sources that tests feed and places they look at which are not there. */
export function danglingIn(tests: readonly TestCase[], { sources, operators, sinks }: Parts): Dangling[] {
  const fed = sources.map((s) => s.id);
  const places = [
    ...operators.flatMap((o) => [o.id, ...Object.keys(o.operator.spec.ports ?? {}).map((port) => `${o.id}.${port}`)]),
    ...fed,
    ...sinks.map((s) => s.id),
  ];
  const dangling = (path: Path, name: string, known: readonly string[], what: string): Dangling[] =>
    known.includes(name) ? [] : [{ path, what, hint: meantOrKnown(name, known) }];
  return tests.flatMap((test, i) => [
    ...Object.keys(test.feed).flatMap((id) => dangling(['tests', i, 'feed', id], id, fed, `no source is called "${id}"`)),
    ...test.expect.flatMap(({ from }, j) =>
      from === undefined ? [] : dangling(['tests', i, 'expect', j, 'from'], from, places, `nothing is called "${from}"`),
    ),
  ]);
}
