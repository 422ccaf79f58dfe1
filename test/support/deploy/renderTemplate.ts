/**
 * Go templates as Helm renders them, of as much as the chart uses: actions with trims, define, include, if, else, with, range,
 * pipelines and the functions below. Anything else is an error, so that the chart stays within what is checked here.
 * Source: pkg.go.dev/text/template; helm.sh/docs/chart_template_guide.
 */
import { createHash } from 'node:crypto';
import { stringify } from 'yaml';

type Values = Record<string, unknown>;
type Node =
  | { kind: 'text'; text: string }
  | { kind: 'print'; expression: string }
  | { kind: 'if' | 'with' | 'range'; expression: string; body: Node[]; otherwise: Node[] };
interface Scope {
  root: unknown;
  dot: unknown;
  variables: ReadonlyMap<string, unknown>;
}

/** What Go holds for false: nothing, zero, and what is empty. */
function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}

const indent = (width: number, text: string) => text.replaceAll(/^/gm, ' '.repeat(width));

/** As in Go, the piped value is the last argument. */
const functions: Record<string, (...args: never[]) => unknown> = {
  nindent: (width: number, text: string) => `\n${indent(width, text)}`,
  quote: (value: unknown) => JSON.stringify(String(value ?? '')),
  default: (fallback: unknown, value: unknown) => (isTrue(value) ? value : fallback),
  toYaml: (value: unknown) => stringify(value, { lineWidth: 0 }).trimEnd(),
  trunc: (length: number, text: string) => text.slice(0, length),
  trimSuffix: (suffix: string, text: string) => (text.endsWith(suffix) ? text.slice(0, -suffix.length) : text),
  join: (separator: string, list: unknown[]) => list.join(separator),
  sha256sum: (text: string) => createHash('sha256').update(text).digest('hex'),
  not: (value: unknown) => !isTrue(value),
  required(message: string, value: unknown) {
    if (value === undefined || value === null || value === '') throw new Error(message);
    return value;
  },
};

/** What becomes of each template, by its name; `files` reads what lies in the chart. */
export function renderTemplates(templates: Readonly<Record<string, string>>, data: Values, files: (name: string) => string) {
  const defined = new Map<string, Node[]>();
  const bodies = Object.entries(templates).map(([name, text]) => [name, parse(tokenize(text), name, defined)] as const);

  function evaluate(expression: string, scope: Scope): unknown {
    const commands: string[][] = [[]];
    for (const word of splitWords(expression)) {
      if (word === '|') commands.push([]);
      else commands.at(-1)!.push(word);
    }
    let piped: unknown[] = [];
    for (const command of commands) piped = [call(command, piped, scope)];
    return piped[0];
  }

  function call([head, ...rest]: readonly string[], piped: readonly unknown[], scope: Scope): unknown {
    if (head === undefined) throw new Error('an empty command');
    const args = () => [...rest.map((word) => operand(word, scope)), ...piped];
    if (head === 'include') {
      const [name, dot] = args();
      const body = defined.get(String(name));
      if (!body) throw new Error(`no template ${String(name)}`);
      return execute(body, { root: dot, dot, variables: new Map() });
    }
    if (head === '.Files.Get') return files(String(args()[0]));
    const fn = functions[head];
    if (fn) return fn(...(args() as never[]));
    if (rest.length + piped.length > 0) throw new Error(`unknown function ${head}`);
    return operand(head, scope);
  }

  function operand(word: string, scope: Scope): unknown {
    if (word.startsWith('(')) return evaluate(word.slice(1, -1), scope);
    if (word.startsWith('"')) return JSON.parse(word);
    if (/^-?\d+$/.test(word)) return Number(word);
    if (word === '.') return scope.dot;
    const [, variable, path] = /^(\$\w*)?((?:\.\w+)*)$/.exec(word) ?? [];
    if (path === undefined) throw new Error(`cannot read ${word}`);
    if (variable !== undefined && variable !== '$' && !scope.variables.has(variable)) throw new Error(`no variable ${variable}`);
    let value = variable === undefined ? scope.dot : variable === '$' ? scope.root : scope.variables.get(variable);
    for (const key of path.split('.').slice(1)) {
      // A word that nobody gave is a slip of the chart, whatever Helm makes of it.
      if (typeof value !== 'object' || value === null || !(key in value)) throw new Error(`${word} stands in no values`);
      value = (value as Values)[key];
    }
    return value;
  }

  function execute(nodes: readonly Node[], scope: Scope): string {
    return nodes.map((node) => executeNode(node, scope)).join('');
  }

  function executeNode(node: Node, scope: Scope): string {
    if (node.kind === 'text') return node.text;
    if (node.kind === 'print') return String(evaluate(node.expression, scope) ?? '');
    if (node.kind === 'range') {
      const [, key, item, expression] = /^(\$\w+), (\$\w+) := (.+)$/.exec(node.expression) ?? [];
      if (expression === undefined) throw new Error(`cannot range over ${node.expression}`);
      const entries = Object.entries(evaluate(expression, scope) as Values).toSorted(([a], [b]) => (a < b ? -1 : 1));
      const turn = ([name, value]: [string, unknown]) =>
        execute(node.body, { ...scope, dot: value, variables: new Map([...scope.variables, [key!, name], [item!, value]]) });
      return entries.map(turn).join('');
    }
    const value = evaluate(node.expression, scope);
    if (!isTrue(value)) return execute(node.otherwise, scope);
    return execute(node.body, node.kind === 'with' ? { ...scope, dot: value } : scope);
  }

  return Object.fromEntries(bodies.map(([name, body]) => [name, execute(body, { root: data, dot: data, variables: new Map() })]));
}

type Token = { text: string } | { action: string };

/** Text and actions; `{{-` and `-}}` take the white space beside them. */
function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let trim = false;
  let at = 0;
  for (const { 0: all, 1: left, 2: action, 3: right, index } of text.matchAll(/\{\{(- )?\s*(.*?)\s*( -)?\}\}/gs)) {
    let before = text.slice(at, index);
    if (trim) before = before.trimStart();
    if (left) before = before.trimEnd();
    tokens.push({ text: before }, { action: action! });
    trim = right !== undefined;
    at = index + all.length;
  }
  const rest = text.slice(at);
  return [...tokens, { text: trim ? rest.trimStart() : rest }];
}

/** The nodes of a template; what it defines goes into `defined`. */
function parse(tokens: readonly Token[], where: string, defined: Map<string, Node[]>): Node[] {
  let at = 0;
  const [nodes, ended] = body();
  if (ended !== null) throw new Error(`${where}: ${ended} without a beginning`);
  return nodes;

  function body(): [nodes: Node[], ended: string | null] {
    const nodes: Node[] = [];
    while (at < tokens.length) {
      const token = tokens[at++]!;
      if ('text' in token) {
        nodes.push({ kind: 'text', text: token.text });
        continue;
      }
      const [, word = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(token.action) ?? [];
      if (word === 'end' || word === 'else') return [nodes, word];
      if (word === 'define') defined.set(JSON.parse(rest) as string, block()[0]);
      else if (word === 'if' || word === 'with' || word === 'range') {
        const [held, otherwise] = block();
        nodes.push({ kind: word, expression: rest, body: held, otherwise });
      } else nodes.push({ kind: 'print', expression: token.action });
    }
    return [nodes, null];
  }

  function block(): [body: Node[], otherwise: Node[]] {
    const [held, ended] = body();
    if (ended === 'end') return [held, []];
    const [otherwise, last] = ended === 'else' ? body() : [[], null];
    if (last !== 'end') throw new Error(`${where}: a block without an end`);
    return [held, otherwise];
  }
}

/** The words of an expression; one in brackets is one word. */
function splitWords(expression: string): string[] {
  const found: string[] = [];
  const word = /\s*("(?:[^"\\]|\\.)*"|\||\(|[^\s()|]+)/gy;
  let match = word.exec(expression);
  while (match) {
    if (match[1] === '(') {
      let depth = 1;
      let end = word.lastIndex;
      while (depth > 0) {
        if (end >= expression.length) throw new Error(`no end of ( in ${expression}`);
        depth += expression[end] === '(' ? 1 : expression[end] === ')' ? -1 : 0;
        end += 1;
      }
      found.push(expression.slice(match.index, end).trim());
      word.lastIndex = end;
    } else found.push(match[1]!);
    match = word.exec(expression);
  }
  return found;
}
