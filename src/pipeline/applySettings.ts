import { isMap, isSeq, parse, YAMLMap, type Node, type YAMLSeq } from 'yaml';
import { CaducusError } from '../errors.ts';
import { meantOrKnown } from '../base/text/didYouMean.ts';
import type { YamlDocument } from './yamlDocument.ts';

/** What stands beside a verb. */
const beside: ReadonlySet<string> = new Set(['id', 'from', 'source', 'group_id']);

/**
 * Sets options of a pipeline file before it is checked, each as `place=value`: an operator by its id, `sinks.<id>` or
 * `sources.<id>`, then its options; a rule by its name (`rules.new-error.for=10m`). The value `off` takes a rule out.
 * Throws CAD002 for one that names nothing.
 */
export function applySettings({ document }: YamlDocument, settings: readonly string[]): void {
  for (const setting of settings) {
    const [place = '', value] = setting.split(/=(.*)/s);
    if (value === undefined || place === '') throw refuse(setting, 'is no place=value', 'Give one such as rules.new-error.for=10m.');
    set(document.contents, place.split('.'), value, setting);
  }
}

const refuse = (setting: string, what: string, hint: string): CaducusError =>
  new CaducusError('CAD002', { path: '--set' }, `"${setting}" ${what}`, { hint });

function set(root: Node | null, parts: readonly string[], value: string, setting: string): void {
  const { at, rest } = findStep(root, parts, setting);
  let node: unknown = at;
  for (const [index, part] of rest.entries()) {
    const isLast = index === rest.length - 1;
    const list = findList(node, part);
    if (list) {
      const found = list.items.findIndex((item) => isMap(item) && item.get('name') === part);
      if (found < 0) throw unknown(setting, part, namesIn(list));
      if (isLast && value !== 'off') throw refuse(setting, 'names a rule and none of its options', `Give ${part}.for=10m, or ${part}=off.`);
      if (isLast) list.delete(found);
      node = isLast ? null : list.items[found];
    } else if (isMap(node)) {
      if (isLast) node.set(part, parse(value) as unknown);
      else {
        if (!node.has(part)) node.set(part, new YAMLMap());
        node = node.get(part, true);
      }
    } else throw refuse(setting, `has no place for ${part}`, 'caducus list operators shows the options there are.');
  }
}

/** The options that the first parts of a place stand for, and the parts that are left. */
function findStep(root: Node | null, parts: readonly string[], setting: string): { at: unknown; rest: readonly string[] } {
  const [first = '', second = ''] = parts;
  const map = isMap(root) ? root : null;
  if (first === 'sinks' || first === 'sources') {
    const steps = map?.get(first, true);
    const step = isMap(steps) ? steps.get(second, true) : undefined;
    if (!isMap(step)) throw unknown(setting, second, isMap(steps) ? keysIn(steps) : []);
    return { at: optionsIn(step), rest: parts.slice(2) };
  }
  const operators = map?.get('operators', true);
  const steps = isSeq(operators) ? operators.items.filter((item) => isMap(item)) : [];
  const step = steps.find((one) => nameIn(one) === first);
  if (!step) throw unknown(setting, first, [...steps.map(nameIn), 'sinks', 'sources']);
  return { at: optionsIn(step), rest: parts.slice(1) };
}

/** The list of rules that a part names one of: the options themselves, or what stands under `rules` in them. */
function findList(node: unknown, part: string): YAMLSeq | null {
  if (isSeq(node)) return node;
  if (!isMap(node) || node.has(part)) return null;
  const inner: unknown = node.get('rules', true);
  return isSeq(inner) ? inner : null;
}

const keysIn = (map: YAMLMap): string[] => map.items.map(({ key }) => String(key));
const namesIn = (list: YAMLSeq): string[] => list.items.flatMap((item) => (isMap(item) ? [String(item.get('name'))] : []));
const verbIn = (step: YAMLMap): string => keysIn(step).find((key) => !beside.has(key)) ?? '';
const nameIn = (step: YAMLMap): string => String(step.get('id') ?? verbIn(step));

/** What stands under the verb of a step; a verb without options gets a place for them. */
function optionsIn(step: YAMLMap): unknown {
  const verb = verbIn(step);
  const options = step.get(verb, true);
  if (isMap(options) || isSeq(options)) return options;
  step.set(verb, new YAMLMap());
  return step.get(verb, true);
}

function unknown(setting: string, part: string, known: readonly string[]): CaducusError {
  return refuse(setting, `names nothing: there is no ${part}`, meantOrKnown(part, known));
}
