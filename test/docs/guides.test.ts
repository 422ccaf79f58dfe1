import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect } from 'chai';
import { guided, type Guided } from '../../scripts/docs/guidePages.ts';
import { caducus } from '../support/caducus.ts';
import { runExample } from '../support/docs/exampleRun.ts';
import { readGuide, type Fence } from '../support/docs/guide.ts';
import { worlds } from '../support/docs/guideWorlds.ts';
import { awsEnvironment } from '../support/servers/awsEnvironment.ts';
import { temporaryFolder } from '../support/testIo.ts';

const wanted = ['When to use it', 'Example', 'Options', 'What it costs', 'Bad input'];
/** A page between two marks is generated; without them it is what somebody wrote. */
const written = (section: string) =>
  section
    .replace(/<!-- [^]*?-->/g, '')
    .replace(/^\|.*$/gm, '')
    .trim();

describe('the guides', function () {
  this.timeout(30_000);
  awsEnvironment();
  const folder = temporaryFolder();

  /** A folder of a reader who has the fixtures of the package, and the files that the page shows. */
  function openFolder(page: string, example: readonly Fence[]): string {
    const path = folder.file(page.replaceAll('/', '-'));
    mkdirSync(path);
    symlinkSync(resolve('fixtures'), join(path, 'fixtures'));
    for (const { name, text } of example.filter((fence) => fence.name !== '' && fence.name !== 'stdin')) {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), text);
    }
    return path;
  }

  async function testOperator({ page }: Guided): Promise<void> {
    const { example } = readGuide(page);
    const cwd = openFolder(page, example);
    writeFileSync(join(cwd, 'example.yaml'), example.find(({ language }) => language === 'yaml')!.text);
    const { exit, out, err } = await caducus(['test', 'example.yaml'], { cwd });
    expect(out + err).to.match(/[1-9]\d* passed, 0 failed/);
    expect(exit).to.equal(0);
  }

  /** Runs the first pipeline of an example; what the page shows of it, printed or as records, is what comes. */
  async function testEnd({ page }: Guided): Promise<void> {
    const { example } = readGuide(page);
    const cwd = openFolder(page, example);
    const dataDir = join(cwd, 'data');
    const world = (await worlds[page]?.(cwd, dataDir)) ?? {};
    const at = example.findIndex(({ language }) => language === 'yaml');
    const shown = example.slice(at + 1).filter(({ name }) => name === '');
    const printed = shown.find(({ language, text }) => language === 'text' && !/^(?:curl|logger) /.test(text))?.text.trim();
    const records = shown.find(({ language }) => language === 'json')?.text;
    const holds = (text: string) => (printed ?? '').split('\n').every((line) => text.includes(line));
    const before = process.cwd();
    process.chdir(cwd);
    try {
      const text = await runExample({
        ...{ text: example[at]!.text, env: world.env ?? {}, dataDir },
        stdin: example.find(({ name }) => name === 'stdin')?.text ?? '',
        ...(world.listening && { listening: world.listening, ...(records === undefined && { until: holds }) }),
      });
      if (records === undefined) for (const line of printed!.split('\n')) expect(text).to.contain(line);
      else {
        const one = JSON.parse(records) as object;
        expect(world.shown!().filter((given) => matches(given, one))).not.to.deep.equal([], JSON.stringify(world.shown!()).slice(0, 2000));
      }
    } finally {
      process.chdir(before);
      await world.close?.();
    }
  }
  const matches = (given: unknown, one: object): boolean => {
    try {
      expect(given).to.containSubset(one);
      return true;
    } catch {
      return false;
    }
  };

  for (const one of guided)
    describe(one.page, () => {
      it('says when to use it, by example, what it costs and what it does on bad input', () => {
        const { headings, sections } = readGuide(one.page);
        expect(headings.filter((title) => wanted.includes(title))).to.deep.equal(wanted);
        for (const title of ['When to use it', 'Bad input']) expect(written(sections[title]!), title).to.have.length.above(80);
        const cost = sections['What it costs']!;
        expect(written(cost) !== '' || cost.includes('| µs a record |'), 'a cost').to.equal(true);
      });

      it('has an example that does what it shows', () => (one.kind === 'operator' ? testOperator(one) : testEnd(one)));
    });

  it('are one for each, and no page about what is gone', () => {
    const others = ['README.md', 'alerts.md', 'docker.md', 'iam.md', 'kubernetes.md', 'records.md', 'shippers.md'];
    const there = ['operators', 'sources', 'sinks'].flatMap((kind) => readdirSync(`docs/${kind}`).map((name) => `docs/${kind}/${name}`));
    expect(there.filter((page) => !others.includes(page.split('/').at(-1)!)).toSorted()).to.deep.equal(
      guided.map(({ page }) => page).toSorted(),
    );
  });
});
