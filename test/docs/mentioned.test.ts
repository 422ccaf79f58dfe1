import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { describeCommands } from '../../src/cli/completion/describeCommands.ts';
import { commandList } from '../../src/cli/commands/index.ts';

/** Below one page; what one is called, and its text. */
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  ...readdirSync('packages').map((name) => `packages/${name}/README.md`),
];

/** Every command line of caducus that a text names, in code of its sentences or in its blocks, without the program's name. */
function findCommandLines(text: string): string[] {
  const inSentences = [...text.matchAll(/`(?:\w+=\S+ )*(?:npx )?caducus ([^`\n]+)`/g)];
  const blocks = [...text.matchAll(/^```\w*[^\n]*\n([\s\S]*?)^```$/gm)].map(([, body]) => body!.replaceAll('\\\n', ' '));
  // Several stand in a line with room between; behind one may stand what it does.
  const inBlocks = blocks.flatMap((body) => [
    ...body.matchAll(/(?:^|[|;&$] ?|\s{3,})(?:\w+=\S+ )*(?:npx )?caducus ([a-z][^|;#\n]*?)(?=\s{3,}|[|;#]|$)/gm),
  ]);
  return [...inSentences, ...inBlocks].map(([, line]) => line!.trim());
}

describe('the commands that pages name', () => {
  let commands: Awaited<ReturnType<typeof describeCommands>>;
  let holders: Set<string>;
  before(async () => {
    commands = await describeCommands(commandList);
    holders = new Set(commands.map(({ words }) => words.split(' ')[0]!));
  });

  /** What is wrong with a command line; null for one that could be typed. */
  function findFault(line: string): string | null {
    const words = line.split(/\s+/);
    const fitting = commands.filter((one) => one.words.split(' ').every((word, i) => words[i] === word));
    const command = fitting.toSorted((a, b) => b.words.length - a.words.length)[0];
    if (!command) return words.length === 1 && holders.has(words[0]!) ? null : `there is no command ${line}`;
    // `--set` is an option of some commands, and of the configuration in the others.
    const known = new Set(['--set', ...command.flags.map(({ name }) => name)]);
    const given = words.filter((word) => word.startsWith('--')).map((word) => /^--[\w-]+/.exec(word)?.[0] ?? word);
    const unknown = given.filter((flag) => !known.has(flag) && !known.has(flag.replace('--no-', '--')));
    return unknown.length === 0 ? null : `${command.words} has no ${unknown.join(', ')}`;
  }

  for (const page of pages) {
    const lines = findCommandLines(readFileSync(page, 'utf8')).filter((line) => line !== 'COMMAND --help');
    if (lines.length === 0) continue;
    it(`${page} names ${lines.length} that there are, with options that they have`, () => {
      expect(lines.flatMap((line) => findFault(line) ?? [])).to.deep.equal([]);
    });
  }

  it('are found wherever one stands', () => {
    expect(
      findCommandLines('so `caducus radar --top 3` and\n```sh\nA=1 npx caducus run x.yaml    # all\nls | caducus radar -\n```\n'),
    ).to.deep.equal(['radar --top 3', 'run x.yaml', 'radar -']);
  });

  it('are refused where a word or an option is none', () => {
    expect(findFault('radr x')).to.equal('there is no command radr x');
    expect(findFault('radar --tpo 3')).to.equal('radar has no --tpo');
    expect(findFault('state')).to.equal(null);
    expect(findFault('config shw')).to.equal('there is no command config shw');
  });
});
