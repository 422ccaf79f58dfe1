import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'yaml';
import { main } from '../../src/cli/program.ts';
import { readGuessSettings } from '../../src/cli/guesses/guessSettings.ts';
import type { JsonObject } from '../../src/event.ts';
import { builtins } from '../../src/pipeline/builtins.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';
import { temporaryFolder, testIo } from '../support/testIo.ts';

interface Block {
  page: string;
  language: string;
  text: string;
}

const folder = (path: string) => readdirSync(path).map((name) => `${path}/${name}`);
const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md'],
  ...['docs', 'docs/operators', 'docs/sources', 'docs/sinks', 'docs/packages', 'docs/reference'].flatMap(folder),
  ...readdirSync('packages').map((name) => `packages/${name}/README.md`),
].filter((name) => name.endsWith('.md'));

const blocks: Block[] = pages.flatMap((page) =>
  [...readFileSync(page, 'utf8').matchAll(/^```(\S*)[^\n]*\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({
    page,
    language: language!,
    text: text!,
  })),
);

/** Blocks that another test runs or holds against what comes: of which pages, in which languages, and where. */
const elsewhere: [page: RegExp, languages: RegExp, test: string][] = [
  [/^docs\/first-week\.md$/, /^(?:sh|text|yaml)$/, 'firstWeek'],
  [/^(?:README|docs\/(?!reference).*)\.md$/, /^sh$/, 'commands'],
  [/^README\.md$/, /^(?:text|yaml)$/, 'readme'],
  [/^docs\/pipelines\.md$/, /^yaml$/, 'readme'],
  [/^README\.md$/, /^ts$/, 'examples'],
  [/^docs\/extending\.md$/, /^(?:ts|js|json|yaml)$/, 'examples, ownPackage'],
  [/^docs\/oncall\.md$/, /^yaml$/, 'oncall'],
  [/^docs\/tutorial\.md$/, /^text$/, 'tutorial'],
  [/^docs\/operators\//, /^/, 'guides, marbles'],
  [/^docs\/(?:sources|sinks)\/(?!shippers)/, /^/, 'guides, sourcePages'],
  [/^(?:docs\/packages|packages)\//, /^yaml$/, 'packages/*/test/page.test.ts'],
  [/^docs\/safeguards\.md$/, /^text$/, 'marbles'],
  [/^docs\/reference\//, /^text$/, 'scripts/docs.ts, whose --check is in npm run lint'],
  [/^docs\/web\.md$/, /^html$/, 'page, whose host page loads the element so'],
];

/** What a block that no test runs needs, by its page and how it begins. What caducus it names is held by mentioned.test.ts. */
const notRun: [page: string, begins: string, why: string][] = [
  ['CONTRIBUTING.md', 'npm ci && npm test', 'the tests themselves'],
  ['docs/backtest.md', '$ caducus backtest', 'a month of history; its form is in test/views/backtest.test.ts'],
  ['docs/backtest.md', '$ caducus why-not', 'that history'],
  ['docs/backtest.md', '$ caducus coverage', 'that history'],
  ['docs/deploy.md', 'helm install', 'a cluster; test/deploy/chart.test.ts renders the chart'],
  ['docs/deploy.md', 'docker compose', 'a container engine; test/deploy/files.test.ts holds the files'],
  ['docs/embedders.md', 'npm run eval:topics', 'pairs of your own'],
  ['docs/embedders.md', 'caducus model fetch', 'a download of 28 MB'],
  ['docs/engine.md', 'npm install', 'the package registry, a server of NATS; packages/caducus-nats has it'],
  ['docs/engine.md', 'apt-get install', 'the same'],
  ['docs/engine.md', 'caducus status', 'the same'],
  ['docs/engine.md', 'caducus reload', 'the same'],
  ['docs/expected.md', 'orders v412', 'a deploy; test/findings/settle has the line'],
  ['docs/expected.md', '$ caducus silence', 'weeks; test/cli/commands/silence.test.ts has the command'],
  ['docs/guesses.md', 'caducus guess', 'a model'],
  ['docs/guesses.md', 'guess  ', 'what that model says'],
  ['docs/incidents.md', 'caducus diff 02:00Z', 'forms of one command, each with a test in test/cli/compare'],
  ['docs/incidents.md', 'id    since', 'incidents months apart; test/views/incidents has the form'],
  ['docs/incidents.md', 'EPISODE', 'AWS; test/pipelines/opsRadar.test.ts has the form'],
  ['docs/live.md', 'caducus radar --follow', 'a terminal; test/io/terminal.test.ts has it'],
  ['docs/live.md', 'RADAR', 'that terminal'],
  ['docs/live.md', 'caducus run radar.yaml &', 'that terminal'],
  ['docs/live.md', 'caducus tap', 'a run that goes on; test/cli/commands/tap.test.ts has it'],
  ['docs/live.md', '20 shown', 'that run'],
  ['docs/live.md', 'caducus reload', 'that run'],
  ['docs/oncall.md', '[critical]', 'many services; test/views/findings has the form'],
  ['docs/ops-radar.md', 'RADAR', 'AWS; test/pipelines/opsRadar.test.ts has the form'],
  ['docs/state.md', 'caducus run', 'a file that was changed; test/run/checkpoint/everyOption.test.ts has it'],
  ['docs/web.md', 'caducus run', 'a browser; leftOn has the command'],
  ['docs/web.md', 'caducus radar app.log', 'nothing: forms of one command; test/cli/share/radarForms.test.ts has each'],
  ['docs/sources/shippers.md', '', 'those shippers; alertSenders.test.ts and test/wire have what they send'],
  ['packages/', '', 'those servers; each package has its page and README under test'],
  ['docs/packages/', '', 'those servers; each package has its page and README under test'],
];

const isElsewhere = ({ page, language }: Block) => elsewhere.some(([pages, languages]) => pages.test(page) && languages.test(language));
const isNotRun = ({ page, text }: Block) => notRun.some(([where, begins]) => page.startsWith(where) && text.startsWith(begins));
const rest = blocks.filter((block) => !isElsewhere(block) && !isNotRun(block));
const name = ({ page, language, text }: Block) => `${page}, ${language || 'code'}: ${text.split('\n')[0]!.slice(0, 70)}`;

/** The pipeline that a part of one stands for: options, operators, sources or sinks. */
function completed(text: string): string {
  const data = parse(text) as object;
  if (Array.isArray(data)) return `name: p\nsources: { in: { stdin: {} } }\noperators:\n${text}`;
  return `${'name' in data ? '' : 'name: p\n'}${'sources' in data ? '' : 'sources: { in: { stdin: {} } }\n'}${text}`;
}

describe('a block of the documentation', () => {
  const data = temporaryFolder();
  /** With every variable that a text names. */
  const load = (page: string, text: string) => {
    const env = Object.fromEntries([...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => [name!, 'https://host.example/long-enough-1']));
    return loadPipeline(page, text, { registry: builtins, variables: { env, config: () => 'data' } });
  };
  const versions = (JSON.parse(readFileSync('package.json', 'utf8')) as { devDependencies: Record<string, string> }).devDependencies;

  for (const block of rest.filter(({ language }) => language === 'yaml'))
    it(`${name(block)}: can be used as it stands`, () => {
      const data = parse(block.text) as JsonObject;
      if (Array.isArray(data))
        // A list of ways to write one operator, each by itself.
        for (const line of block.text.trim().split('\n')) expect(load(block.page, completed(line)).operators).to.have.length(1);
      else if ('guesses' in data)
        expect(readGuessSettings({ open: data, whereIs: () => ({ file: block.page }) }).options).not.to.equal(null);
      else expect(load(block.page, completed(block.text)).sources).not.to.deep.equal([]);
    });

  for (const block of rest.filter(({ language }) => language === 'json'))
    it(`${name(block)}: names the versions that are tested here`, () => {
      const { dependencies } = JSON.parse(block.text) as { dependencies: Record<string, string> };
      for (const [one, version] of Object.entries(dependencies)) expect(versions[one], one).to.equal(version);
    });

  const printed: [begins: string, args: string[]][] = [
    ['DIFF', ['diff', 'quiet.log', 'incident.log']],
    ['ENTITY', ['entity', 'dn2', 'quiet.log', 'incident.log']],
  ];
  for (const [begins, [command, ...words]] of printed)
    it(`docs/incidents.md: shows what ${command} prints`, async () => {
      const type = async (...args: string[]) => {
        const io = testIo({ env: { HOME: data.path } });
        expect(await main([...args, ...(args[0] === 'demo' ? [] : ['--data-dir', data.file('d')])], '0.0.0-test', io, null)).to.equal(0);
        return io.stdout.text;
      };
      await type('demo', 'init', data.path, '--force');
      const out = await type(command!, ...words.map((word) => (word.endsWith('.log') ? data.file(word) : word)));
      const { text } = rest.find((one) => one.page === 'docs/incidents.md' && one.text.startsWith(begins))!;
      for (const line of text.trim().split('\n').slice(1)) expect(out).to.contain(line.trimEnd());
    });

  it('is run by a test, or named with what it needs', () => {
    const held = (block: Block) =>
      ['yaml', 'json'].includes(block.language) ||
      (block.page === 'docs/incidents.md' && printed.some(([begins]) => block.text.startsWith(begins)));
    expect(rest.filter((block) => !held(block)).map(name)).to.deep.equal([]);
  });

  it('that is named is there', () => {
    for (const [where, begins] of notRun)
      expect(
        blocks.some(({ page, text }) => page.startsWith(where) && text.startsWith(begins)),
        `${where}: ${begins}`,
      ).to.equal(true);
  });
});
