import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { builtins } from '../../src/pipeline/builtins.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';

const env = Object.fromEntries(
  ['LOG', 'PD_SECRET', 'SLACK_SIGNING', 'PAGER_KEY', 'SLACK_TOKEN', 'MONEY_KEY', 'PAYMENTS_KEY', 'NIGHT_KEY', 'MAIL_PASSWORD'].map(
    (name) => [name, 'long-enough-1'],
  ),
);
const load = (file: string, text: string) => loadPipeline(file, text, { registry: builtins, variables: { env, config: () => undefined } });

describe('docs/oncall.md', () => {
  it('has blocks that are right in a pipeline', () => {
    const page = readFileSync('docs/oncall.md', 'utf8');
    const blocks = [...page.matchAll(/```yaml\n([^]*?)```/g)].map(([, block]) => block!);
    expect(blocks).to.have.lengthOf(4);
    for (const block of blocks) {
      const sources = block.startsWith('sources:') ? '' : 'sources: { in: { stdin: { format: lines } } }\n';
      expect(load('oncall.md', `name: p\n${sources}${block}`).name).to.equal('p');
    }
  });

  it('names an example that is right', () => {
    const { sinks, catalog } = load('examples/oncall.yaml', readFileSync('examples/oncall.yaml', 'utf8'));
    expect([sinks.length, catalog.length]).to.deep.equal([2, 2]);
  });
});
