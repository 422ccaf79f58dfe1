import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { PageShell, readCommands } from '../support/docs/pageShell.ts';

const page = readFileSync('docs/first-week.md', 'utf8');

/** The steps of the page: the commands of a block, and what stands behind it as what they print. */
const steps = [...page.matchAll(/^```sh\n[^]*?^```(?:\n\n```text\n([^]*?)^```)?/gm)].map(([block, printed]) => ({
  commands: readCommands(block.slice(0, block.indexOf('\n```') + 4)),
  printed: printed?.trimEnd().split('\n') ?? [],
}));

describe('the first week', function () {
  this.timeout(120_000);
  let shell: PageShell;
  let folder = '';
  before(() => {
    shell = new PageShell();
    folder = shell.open('week');
  });
  after(() => shell.close());

  for (const [i, { commands, printed }] of steps.entries())
    it(`step ${i + 1}, ${commands.at(-1)!.slice(0, 60)}, prints what the page shows of it`, async () => {
      let all = '';
      for (const command of commands) {
        const { text, cwd } = await shell.run(command, folder);
        all = text;
        folder = cwd;
      }
      expect(all).not.to.match(/error CAD\d+/);
      for (const line of printed)
        expect(all.split('\n').map((one) => one.trimEnd())).to.satisfy(
          (lines: string[]) => lines.some((one) => one.startsWith(line)),
          line,
        );
    });

  it('shows the pipeline file that it runs', () => {
    expect(page).to.contain(readFileSync('examples/first-week.yaml', 'utf8').trim());
  });

  it('has ten steps, and shows what most of them print', () => {
    expect(steps.length).to.be.at.least(10);
    expect(steps.flatMap(({ printed }) => printed)).to.have.length.above(10);
  });
});
