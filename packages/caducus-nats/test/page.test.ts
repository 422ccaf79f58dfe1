import { readFileSync } from 'node:fs';
import { builtins, extend } from 'caducus';
import { expect } from 'chai';
import { parse } from 'yaml';
import { listOptions } from '../../../src/cli/commands/list.ts';
import { loadPipeline } from '../../../src/pipeline/load.ts';
import { sinks, sources } from '../src/index.ts';

const registry = extend(builtins, { sources, sinks });
const common = new Set(['allowed_lateness', 'idle', 'max_future_skew']);
const top = (name: string) => !name.includes('.') && !common.has(name);

for (const page of ['docs/nats.md', 'packages/caducus-nats/README.md'])
  describe(page, () => {
    const text = readFileSync(page, 'utf8');
    const blocks = [...text.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, block]) => block!);

    it('has YAML that can be used as it stands', () => {
      for (const block of blocks) {
        const named = 'name' in (parse(block) as object) ? block : `name: p\n${block}`;
        expect(loadPipeline(page, named, { registry, variables: { env: {}, config: () => undefined } }).sources).to.have.length(1);
      }
      expect(blocks).not.to.deep.equal([]);
    });
  });

describe('the page about nats', () => {
  it('names every option of source and sink, and none that there is not', () => {
    const text = readFileSync('docs/nats.md', 'utf8');
    const rows = [...text.matchAll(/^\| ((?:`\w+`(?:, )?)+) \|/gm)].flatMap(([, cell]) =>
      [...cell!.matchAll(/`(\w+)`/g)].map(([, name]) => name!),
    );
    const there = [...sources, ...sinks].flatMap(({ spec }) =>
      listOptions(spec.options)
        .map(({ name }) => name)
        .filter(top),
    );
    expect([...new Set(rows)].toSorted()).to.deep.equal([...new Set(there)].toSorted());
  });
});
