import { isMap, isScalar, Scalar, visit, type YAMLMap } from 'yaml';
import { CaducusError } from '../errors.ts';
import { pathText, type Path, type YamlDocument } from './yamlDocument.ts';

export interface Variables {
  env: Readonly<Record<string, string | undefined>>;
  /** Values for `${config.key}`: dotted paths into the process configuration. */
  config(path: string): string | undefined;
  /** Where a missing variable was looked for, for the message. */
  lookedIn?: string;
}

/** `${NAME}`, `${NAME:-default}`, `${NAME:?message}`, `${config.key}`; `$${` is a literal `${`. */
const reference = /\$?\$\{([A-Za-z_][A-Za-z0-9_.]*)(?:(:-|:\?)([^}]*))?\}/g;
/** `{{ NAME|default }}`, the form of configuration files. */
const braces = /\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*(?:\|([^}]*))?\}\}/g;

/**
 * Replaces variables inside the scalars of a parsed document, in place. Structure is fixed before any value is seen,
 * so a value can never inject any. Returns one CAD021 for each variable that is missing.
 * What comes out is text; where an option wants a number, the text is read as one later.
 */
export function interpolate(yaml: YamlDocument, variables: Variables): CaducusError[] {
  const errors: CaducusError[] = [];
  visit(yaml.document, {
    Map: (key, node) => (key === 'key' ? undefined : bareBraces(yaml, node)),
    Scalar(key, node, parents) {
      if (key === 'key' || typeof node.value !== 'string') return;
      const text = node.value;
      if (!text.includes('{')) return;
      const missing = (name: string, index: number, length: number, message: string | undefined) => {
        const path = describePath(parents, node);
        const start = (node.range?.[0] ?? 0) + (node.type === 'PLAIN' ? 0 : 1) + index;
        const looked = variables.lookedIn ?? 'environment';
        const where = yaml.at(start, length, pathText(path));
        const remedy = name.startsWith('config.')
          ? 'caducus config show lists the keys'
          : `try: export ${name}=...      (looked in: ${looked})`;
        errors.push(new CaducusError('CAD021', where, `${name} is not set`, { hint: message ? `${message}\n${remedy}` : remedy }));
        return '';
      };
      const lookUp = (name: string) =>
        name.startsWith('config.') ? variables.config(name.slice(7)) : Object.hasOwn(variables.env, name) ? variables.env[name] : undefined;
      const replaced = text
        .replace(reference, (whole, name: string, mode: string | undefined, rest: string | undefined, index: number) => {
          if (whole.startsWith('$$')) return whole.slice(1);
          const value = lookUp(name);
          if (value !== undefined && !(value === '' && mode)) return value;
          if (mode === ':-') return rest ?? '';
          return missing(name, index, whole.length, mode === ':?' ? rest : undefined);
        })
        .replace(braces, (whole, name: string, rest: string | undefined, index: number) => {
          const value = lookUp(name);
          if (value !== undefined && value !== '') return value;
          return rest === undefined ? missing(name, index, whole.length, undefined) : rest.trim();
        });
      node.value = replaced;
    },
  });
  return errors;
}

/**
 * `key: {{ NAME|default }}` without quotes is, to YAML, a map that has a map for its key. Nobody means that: it is read
 * as the text it was written as.
 */
function bareBraces(yaml: YamlDocument, node: YAMLMap): Scalar | undefined {
  const outer = node.flow && node.items.length === 1 ? node.items[0]! : undefined;
  const inner = isMap(outer?.key) && outer.key.flow && outer.key.items.length === 1 ? outer.key.items[0]! : undefined;
  if (!node.range || !inner || hasValue(outer?.value) || hasValue(inner.value) || !isScalar(inner.key)) return undefined;
  const scalar = new Scalar(yaml.textBetween(node.range[0], node.range[1]));
  scalar.range = node.range;
  scalar.type = Scalar.PLAIN;
  return scalar;
}

const hasValue = (node: unknown): boolean => node !== null && node !== undefined && !(isScalar(node) && node.value === null);

/** The path of a node from its ancestors, as `visit` gives them. */
function describePath(parents: readonly unknown[], node: Scalar): Path {
  const path: (string | number)[] = [];
  const chain = [...parents, node];
  for (let i = 0; i < chain.length - 1; i += 1) {
    const at = chain[i] as { items?: unknown[]; key?: unknown };
    if (at.key !== undefined) path.push(String(isScalar(at.key) ? at.key.value : at.key));
    else if (Array.isArray(at.items)) {
      const index = at.items.indexOf(chain[i + 1]);
      if (index >= 0 && !(chain[i + 1] as { key?: unknown }).key) path.push(index);
    }
  }
  return path;
}
