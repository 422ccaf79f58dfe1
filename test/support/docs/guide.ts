import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** A fenced block of a page: its language, the word behind it, its text. */
export interface Fence {
  language: string;
  /** Such as the name of the file that it shows; empty without one. */
  name: string;
  text: string;
}

/** A guide as its test reads it. */
export interface Guide {
  headings: string[];
  /** What stands below each heading of the second order, by its title. */
  sections: Readonly<Record<string, string>>;
  /** The blocks of the section `Example`, in their order. */
  example: Fence[];
}

const fences = (text: string): Fence[] =>
  [...text.matchAll(/^```(\w+)(?: (\S+))?\n([^]*?)^```$/gm)].map(([, language, name, body]) => ({
    language: language!,
    name: name ?? '',
    text: body!,
  }));

/** Where the pages lie, whatever the working folder is while an example runs. */
const root = resolve('.');

export function readGuide(page: string): Guide {
  const parts = readFileSync(resolve(root, page), 'utf8').split(/^## (.+)$/m);
  const headings = parts.filter((_, i) => i % 2 === 1);
  const sections = Object.fromEntries(headings.map((title, i) => [title, parts[2 * i + 2]!.trim()]));
  return { headings, sections, example: fences(sections['Example'] ?? '') };
}
