import { fieldReader } from '../../../config/scalars.ts';
import type { Event } from '../../event.ts';
import { compileTemplate, writeValue } from '../../kernel/template/compileTemplate.ts';
import type { SessionOptions } from './options.ts';

/** Entities that one event may belong to; more are not looked at. */
const most = 4;
/** Longest name of an entity, characters. */
const longest = 256;

/** The entities an event belongs to: none, one, or several. */
export type ReadEntities = (event: Event) => readonly string[];

/** Compiles the option `by`. Throws a RangeError for a text whose braces do not match. */
export function compileEntities(by: SessionOptions['by']): ReadEntities {
  if (typeof by !== 'string') return slotReader(by.slot);
  if (by.includes('{')) {
    const fill = compileTemplate(by);
    return (event) => {
      const filled = fill(event);
      return typeof filled === 'string' ? bounded([filled]) : [];
    };
  }
  const read = fieldReader(by);
  return (event) => {
    const value = read(event) ?? read(event.metadata);
    const values = Array.isArray(value) ? value : [value];
    return bounded(values.map(writeValue).filter((text) => text !== undefined));
  };
}

/** The values that stand behind a word or key in the text: `block blk_1`, `block=blk_1`, `block: blk_1`. A value holds a digit. */
function slotReader(name: string): ReadEntities {
  const escaped = name.replaceAll(/[^\w]/g, String.raw`\$&`);
  const slot = new RegExp(String.raw`(?<![\w-])${escaped}\s{0,2}[:=]?\s{0,2}["'(<\[]?([\w.:/@#-]{0,200}\d[\w.:/@#-]{0,200})`, 'giu');
  return (event) => bounded(Array.from(event.text.matchAll(slot), ([, value]) => value!.replace(/[.:]+$/, '')));
}

const bounded = (values: readonly string[]): string[] => [...new Set(values.map((value) => value.slice(0, longest)))].slice(0, most);
