import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { outside, PageShell, readCommands } from '../support/docs/pageShell.ts';

/** Pages whose own tests run their commands, and hold what they print. */
const elsewhere = ['docs/first-week.md'];

const readPage = (page: string) => readCommands(readFileSync(page, 'utf8'));
const pages = [
  'README.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.startsWith('reference'))
    .map((name) => `docs/${name}`),
].filter((page) => !elsewhere.includes(page) && readPage(page).length > 0);

describe('the commands of the documentation', function () {
  this.timeout(60_000);
  let shell: PageShell;
  before(() => (shell = new PageShell()));
  after(() => shell.close());

  for (const page of pages) {
    describe(page, () => {
      const where = { path: '' };
      before(() => (where.path = shell.open(page)));

      for (const [i, command] of readPage(page).entries()) {
        const skipped = outside.find(([pattern]) => pattern.test(command.replace(/^npx /, '')));
        if (skipped) {
          it.skip(`${i + 1}. ${command} (needs ${skipped[1]})`);
          continue;
        }
        it(`${i + 1}. ${command}`, async () => {
          const { text, cwd } = await shell.run(command, where.path);
          expect(text).not.to.match(/error CAD\d+/);
          where.path = cwd;
        });
      }
    });
  }
});
