import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { commandList } from '../../../src/cli/commands/index.ts';
import type { CommandDefinition } from '../../../src/cli/shared/command.ts';

const folder = new URL('../../../src/cli/commands/', import.meta.url);
const entries = Object.values(commandList.commands).flat();
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts') && path !== 'index.ts');

/** `state rm` is in `state/rm.ts`, `why-not` in `whyNot.ts`. */
const fileOf = (words: string): string => `${words.replaceAll(' ', '/').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}.ts`;

describe('the list of commands', () => {
  it('names every file beside it once, by its words', () => {
    expect(entries.map(({ words }) => fileOf(words)).toSorted()).to.deep.equal(files.toSorted());
  });

  for (const { words, load } of entries) {
    it(`${words}: loads the file of its name`, async () => {
      const path = new URL(fileOf(words), folder).href;
      const { command } = (await import(path)) as { command: CommandDefinition };
      expect((await load()).command).to.equal(command);
    });
  }

  it('says what the words are for that only hold others', () => {
    const holding = new Set(entries.flatMap(({ words }) => (words.includes(' ') ? [words.split(' ')[0]!] : [])));
    expect(Object.keys(commandList.holders).toSorted()).to.deep.equal([...holding].toSorted());
  });
});
