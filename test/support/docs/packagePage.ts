import { readFileSync } from 'node:fs';
import { builtins, extend, type Registry } from '../../../src/index.ts';
import { expect } from 'chai';
import { parse } from 'yaml';
import { listOptions } from '../../../src/cli/commands/list.ts';
import { loadPipeline } from '../../../src/pipeline/load.ts';

const common = new Set(['allowed_lateness', 'idle', 'max_future_skew']);
const top = (name: string) => !name.includes('.') && !common.has(name);

/** Of a package: its page and its README have YAML that can be used as it stands, and the page names its options. */
export function pageIsRight(
  name: string,
  { page, readme, sources = [], sinks = [] }: { page: string; readme: string } & Partial<Pick<Registry, 'sources' | 'sinks'>>,
): void {
  const registry = extend(builtins, { sources, sinks });
  for (const path of [page, readme])
    describe(path, () => {
      const text = readFileSync(path, 'utf8');
      const blocks = [...text.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, block]) => block!);

      it('has YAML that can be used as it stands', () => {
        for (const block of blocks) {
          const named = 'name' in (parse(block) as object) ? block : `name: p\n${block}`;
          expect(loadPipeline(path, named, { registry, variables: { env: {}, config: () => undefined } }).sources).to.have.length(1);
        }
        expect(blocks).not.to.deep.equal([]);
      });
    });

  describe(`the page about ${name}`, () => {
    it('names every option of source and sink, and none that there is not', () => {
      const text = readFileSync(page, 'utf8');
      const rows = [...text.matchAll(/^\| ((?:`\w+`(?:, )?)+) \|/gm)].flatMap(([, cell]) =>
        [...cell!.matchAll(/`(\w+)`/g)].map(([, option]) => option!),
      );
      const there = [...sources, ...sinks].flatMap(({ spec }) =>
        listOptions(spec.options)
          .map((option) => option.name)
          .filter(top),
      );
      expect([...new Set(rows)].toSorted()).to.deep.equal([...new Set(there)].toSorted());
    });
  });
}
