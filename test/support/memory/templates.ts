import { expect } from 'chai';
import { Scanner } from '../../../src/memory/scan/scanner.ts';
import { Template } from '../../../src/memory/templates/template.ts';
import { TemplateIndex } from '../../../src/memory/templates/templateIndex.ts';

/** A scanner that has read a line. */
export function scanned(text: string): Scanner {
  const scanner = new Scanner({ maxTokens: 32, maxBytes: 1024 });
  scanner.scan(text);
  return scanner;
}

let born = 0;

/** A template as the first of its lines founds it, which has come so often. */
export function foundTemplate(text: string, count = 1): Template {
  born += 1;
  const scan = scanned(text);
  const template = Template.found(`t${born}`, born, scan, 8);
  for (let i = 0; i < count; i += 1) template.observe(text, i, `e${i}`, scan, null);
  return template;
}

export const foundTemplates = (...texts: string[]): Template[] => texts.map((text) => foundTemplate(text));

/** The one template that all of these lines are of. */
export function learnTemplate(...lines: string[]): Template {
  const index = new TemplateIndex({ group: 'g' });
  const ids = lines.map((line, i) => index.learn(line, i * 60_000, `e${i}`)!.id);
  const template = index.get(ids[0]!)!;
  expect(template.count, 'all lines in one template').to.equal(lines.length);
  return template;
}
