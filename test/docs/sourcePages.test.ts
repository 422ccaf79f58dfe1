import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import type { JsonObject } from '../../src/event.ts';
import { builtins } from '../../src/pipeline/builtins.ts';
import { loadCollectors } from '../../src/pipeline/collectors.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';

// Pages with whole files of other programs have blocks that are not ours.
const pages = [
  'docs/ops-radar.md',
  ...['sources', 'sinks'].flatMap((folder) =>
    readdirSync(`docs/${folder}`)
      .filter((name) => name !== 'shippers.md')
      .map((name) => `docs/${folder}/${name}`),
  ),
];
const blocks = (page: string, language: string) =>
  [...readFileSync(page, 'utf8').matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text]) => text!);

describe('the pages about sources and sinks', () => {
  for (const page of pages) {
    it(`${page}: its YAML can be used as it stands`, () => {
      for (const text of blocks(page, 'yaml')) {
        const data = parse(text) as JsonObject;
        if (data.sources)
          expect(
            loadPipeline(page, data.name === undefined ? `name: p\n${text}` : text, {
              registry: builtins,
              variables: { env: {}, config: () => 'data' },
            }).sources,
          ).not.to.deep.equal([]);
        else if (data.collectors)
          expect(loadCollectors(data.collectors as JsonObject, { registry: builtins }, () => ({ file: page }))).not.to.deep.equal([]);
        else expect(data).to.have.property('receivers');
      }
    });

    it(`${page}: its policies are JSON that allows something`, () => {
      for (const text of blocks(page, 'json').filter((one) => one.includes('"Statement"'))) {
        const { Version, Statement } = JSON.parse(text) as {
          Version: string;
          Statement: { Effect: string; Action: unknown; Resource: unknown }[];
        };
        expect(Version).to.equal('2012-10-17');
        for (const one of Statement) expect(one).to.include({ Effect: 'Allow' }).and.to.have.all.keys('Effect', 'Action', 'Resource');
      }
    });

    it(`${page}: its links lead somewhere`, () => {
      for (const [, link] of readFileSync(page, 'utf8').matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g))
        expect(existsSync(join(dirname(page), link!)), link).to.equal(true);
    });
  }
});
