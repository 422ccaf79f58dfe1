import { CONST } from '../scan/shape.ts';
import { tokenText } from '../templates/slots.ts';
import type { Template } from '../templates/template.ts';

/** Characters a label may have before it is shortened. */
const LABEL_LENGTH = 96;

/**
 * The template in one line: constants in their order and case, slots by their type, one value printed where only one
 * was seen: `Received block <id> of size <n> from <ip>`.
 */
export function makePattern(template: Template): string {
  let out = template.glue[0]!;
  for (let i = 0; i < template.texts.length; i++) {
    const glue = template.glue[i + 1]!;
    out += tokenText(template, i) + (template.kinds[i]! <= CONST ? glue : withoutLoose(glue, out));
  }
  return out.replaceAll('\n', ' ').replaceAll('\t', ' ').trim();
}

/** What stands behind a value, less the bracket whose opening one is inside the value. */
function withoutLoose(glue: string, before: string): string {
  const opening = openers[glue[0]!];
  return opening === undefined || before.split(opening).length > before.split(glue[0]!).length ? glue : glue.slice(1);
}

const openers: Readonly<Record<string, string | undefined>> = { ')': '(', ']': '[', '}': '{' };

/** What people call a template: its `pattern` without idle space, cut at a word when it is long. */
export function makeLabel(template: Template, pattern = makePattern(template)): string {
  const words = pattern.split(' ').filter((word) => word !== '');
  let label = words.join(' ');
  if (label === '') return '(empty)';
  if (label.length <= LABEL_LENGTH) return label;
  label = '';
  for (const word of words) {
    if (label.length + word.length + 2 > LABEL_LENGTH) break;
    label += label === '' ? word : ` ${word}`;
  }
  return `${label === '' ? words[0]!.slice(0, LABEL_LENGTH - 1) : label}…`;
}

/** Words that say nothing about what a line is about. */
const stopWords: ReadonlySet<string> = new Set(
  (
    'a an the of to in on at by for from with and or not no is are was were be been has have had it its this that as ' +
    'than then too into via per out up down over under after before while when will would can could'
  ).split(' '),
);

/**
 * The `n` leading content words of a template in lower case, as the classic listing prints them: the first pair of
 * neighbours as a phrase, then single words by how often they come, then by place (`receiving block, block`).
 */
export function extractKeywords(template: Template, n = 2): string[] {
  const content: { word: string; at: number }[] = [];
  template.texts.forEach((text, i) => {
    const word = text.toLowerCase();
    if (template.kinds[i]! <= CONST && word.length > 1 && !stopWords.has(word)) content.push({ word, at: i });
  });
  if (content.length === 0) return [];
  const keywords: string[] = [];
  const pair = content.findIndex((c, i) => content[i + 1]?.at === c.at + 1);
  if (pair >= 0) keywords.push(`${content[pair]!.word} ${content[pair + 1]!.word}`);
  const order = pair >= 0 ? [content[pair + 1]!, content[pair]!, ...content] : content;
  for (const { word } of order) if (!keywords.includes(word)) keywords.push(word);
  return keywords.slice(0, n);
}
