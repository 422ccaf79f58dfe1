import { Document, isAlias, isMap, isScalar, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { CaducusError } from '../../errors.ts';
import { pathText, YamlDocument, type Path } from '../yamlDocument.ts';

/** A value of a file that is to be another one. */
export interface Change {
  path: Path;
  value: unknown;
}

/** A change that was made, and where the value stood. */
export interface Rewritten {
  line: number;
  column: number;
  path: string;
  before: string | null;
  after: string;
}

interface Edit extends Rewritten {
  start: number;
  end: number;
  text: string;
}

/**
 * Writes values into a YAML text, in place: the document says where each stands, and nothing else is touched, no
 * comment, no blank. Throws CAD013 for a value behind an alias, which stands in two places.
 */
export function rewrite(file: string, text: string, changes: readonly Change[]): { text: string; made: Rewritten[] } {
  const yaml = new YamlDocument(file, text);
  const edits = changes.map((change) => makeEdit(yaml, text, change));
  let written = text;
  // From the end, so that what stands before keeps its place; of two at one place the first stays first.
  for (const { start, end, text: put } of edits.toReversed().toSorted((a, b) => b.start - a.start))
    written = written.slice(0, start) + put + written.slice(end);
  return { text: written, made: edits.map(({ line, column, path, before, after }) => ({ line, column, path, before, after })) };
}

function makeEdit(yaml: YamlDocument, text: string, { path, value }: Change): Edit {
  const place = yaml.whereIs(path);
  const where = { line: place.line ?? 1, column: place.column ?? 1, path: pathText(path) };
  for (let length = 1; length <= path.length; length += 1) {
    if (isAlias(yaml.document.getIn(path.slice(0, length), true)))
      throw new CaducusError('CAD013', place, 'stands behind an alias, which is not rewritten', { hint: 'Change it by hand.' });
  }
  const node = yaml.document.getIn(path, true) as Node | undefined;
  if (node?.range) return { ...replaced(text, node, value), ...where };
  const parent = yaml.document.getIn(path.slice(0, -1), true);
  if (isMap(parent)) return { ...added(text, parent, String(path.at(-1)), value), ...where };
  // The map that would hold it is not there either.
  return makeEdit(yaml, text, { path: path.slice(0, -1), value: { [String(path.at(-1))]: value } });
}

type Put = Pick<Edit, 'start' | 'end' | 'text' | 'before' | 'after'>;

function replaced(text: string, node: Node, value: unknown): Put {
  const [start, end] = node.range!;
  const before = text.slice(start, end);
  const after = flowText(value, isScalar(node) ? node.type : undefined);
  // A block ends with its last line feed, and begins with a dash or a key where a flow begins with a bracket.
  return { start, end, text: after + (before.endsWith('\n') ? '\n' : ''), before: before.trim(), after };
}

function added(text: string, map: YAMLMap, key: string, value: unknown): Put {
  const after = flowText(value);
  const put = `${key}: ${after}`;
  const last = map.items.at(-1) as Pair<Node, Node | null> | undefined;
  const [start, end] = map.range!;
  if (!last) return { start, end, text: `{ ${put} }`, before: null, after };
  const behind = (last.value ?? last.key).range![1];
  if (map.flow) return { start: behind, end: behind, text: `, ${put}`, before: null, after };
  // In a block it takes a line of its own, under the last one with its comment.
  const lineEnd = text.indexOf('\n', text[behind - 1] === '\n' ? behind - 1 : behind);
  const at = lineEnd === -1 ? text.length : lineEnd;
  const first = (map.items[0] as Pair<Node, Node | null>).key.range![0];
  const indent = first - (text.lastIndexOf('\n', first - 1) + 1);
  return { start: at, end: at, text: `\n${' '.repeat(indent)}${put}`, before: null, after };
}

/** A value as it can stand anywhere, in one line; a text keeps the quotes of the one it takes the place of. */
function flowText(value: unknown, type?: Scalar['type']): string {
  const document = new Document([value]);
  const list = document.contents as { flow: boolean; items: Node[] };
  list.flow = true;
  const [only] = list.items;
  if (isScalar(only) && (type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE')) only.type = typeof only.value === 'string' ? type : 'PLAIN';
  return document.toString({ lineWidth: 0 }).trim().slice(1, -1).trim();
}
