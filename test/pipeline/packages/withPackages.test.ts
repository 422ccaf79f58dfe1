import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { builtins } from '../../../src/pipeline/builtins.ts';
import { pipelineSchema } from '../../../src/pipeline/jsonSchema.ts';
import { withPackages } from '../../../src/pipeline/packages/withPackages.ts';
import { readPipeline } from '../../../src/pipeline/packages/readPipeline.ts';
import { extend } from '../../../src/pipeline/registry.ts';
import { caducus } from '../../support/caducus.ts';
import { temporaryFolder, testIo } from '../../support/testIo.ts';

const variables = { env: {}, config: () => undefined };
const module = `import { z } from '${pathToFileURL(resolve('node_modules/zod/index.js')).href}';
export const loads = (globalThis.loadsOfBeat = (globalThis.loadsOfBeat ?? 0) + 1);
const is = (value) => () => value;
export const sources = [{ spec: { name: 'beat', summary: 'Beats.', options: z.strictObject({}), replayable: is(true), live: is(false), parsesAside: is(false),
  accompanies: false, redelivers: false, sequential: false, identity: (o) => o, open() {} } }];`;
const pipeline = (source: string) => `name: p\nsources: { in: { ${source}: {} } }\nsinks: { out: { console: {} } }\n`;
const loads = () => (globalThis as { loadsOfBeat?: number }).loadsOfBeat ?? 0;

describe('a file that names something of a package', () => {
  const folder = temporaryFolder();
  const read = (file: string, text: string, registry = builtins) => readPipeline(file, text, { registry, variables }, testIo());
  const refused = async (file: string, text: string, registry = builtins) => {
    const error: unknown = await read(file, text, registry).catch((e: unknown) => e);
    const [first] = (error as { errors: { code: string; what: string; hint: string }[] }).errors;
    return first!;
  };

  before(() => {
    const home = folder.file('project/node_modules/caducus-beat');
    mkdirSync(home, { recursive: true });
    writeFileSync(`${home}/package.json`, JSON.stringify({ type: 'module', main: 'index.js', caducus: { sources: ['beat'] } }));
    writeFileSync(`${home}/index.js`, module);
  });

  it('is read with it where it is installed beside the file, and loads nothing where it names nothing of it', async () => {
    await read(folder.file('project/p.yaml'), pipeline('stdin'));
    await refused(folder.file('project/p.yaml'), pipeline('no_such'));
    expect(loads()).to.equal(0);
    const { sources } = await read(folder.file('project/p.yaml'), pipeline('beat'));
    expect(sources.map(({ source }) => source.spec.name)).to.deep.equal(['beat']);
    expect(loads()).to.equal(1);
  });

  it('is refused where it is not installed, with the package to install where one is known', async () => {
    const known = extend(builtins, { packages: [{ name: 'caducus-beat', sources: ['beat'] }] });
    expect(await refused(folder.file('p.yaml'), pipeline('beat'))).to.include({ code: 'CAD016', what: 'unknown source "beat"' });
    expect(await refused(folder.file('p.yaml'), pipeline('beat'), known)).to.include({
      code: 'CAD016',
      what: 'source "beat" is of another package',
      hint: 'needs caducus-beat: npm install caducus-beat',
    });
    expect(await refused(folder.file('p.yaml'), pipeline('baet'), known)).to.include({ hint: 'did you mean "beat"?' });
  });

  it('names what it needs by kind: a source is no sink', async () => {
    const known = extend(builtins, { packages: [{ name: 'caducus-beat', sources: ['beat'] }] });
    const text = 'name: p\nsources: { in: { stdin: {} } }\nsinks: { out: { beat: {} } }\n';
    expect(await refused(folder.file('p.yaml'), text, known)).to.include({ what: 'unknown sink "beat"' });
    expect(await refused(folder.file('project/p.yaml'), text, known)).to.include({ what: 'unknown sink "beat"' });
  });

  it('has the first error again when a package mends only a part', async () => {
    const text = 'name: p\nsources: { in: { beat: {} }, other: { no_such: {} } }\nsinks: { out: { console: {} } }\n';
    expect(await refused(folder.file('project/p.yaml'), text)).to.include({ what: 'unknown source "no_such"' });
  });

  it('has a schema that says what is needed, until the package is there', () => {
    const known = extend(builtins, { packages: [{ name: 'caducus-beat', sources: ['beat'], sinks: ['file'] }] });
    const text = JSON.stringify(pipelineSchema(known));
    expect(text).to.contain('"beat":{"description":"needs caducus-beat: npm install caducus-beat","type":"object"}');
    const there = extend(known, { sources: [{ spec: { ...builtins.sources[0]!.spec, name: 'beat' } }] });
    expect(JSON.stringify(pipelineSchema(there))).not.to.contain(
      '"needs caducus-beat: npm install caducus-beat","type":"object"},"allowed',
    );
  });

  it('is not read twice for an error that no package mends', async () => {
    let reads = 0;
    const fail = () => {
      reads += 1;
      throw new Error('no');
    };
    await withPackages({ registry: builtins }, folder.file('project'), testIo(), fail).catch(() => undefined);
    expect(reads).to.equal(1);
  });

  it('is shown by list and schema from that folder, and a package that cannot be loaded is told there', async () => {
    const home = folder.file('project/node_modules/caducus-broken');
    mkdirSync(home, { recursive: true });
    writeFileSync(`${home}/package.json`, JSON.stringify({ main: 'index.js', caducus: { sinks: ['broken'] } }));
    const { exit, out, err } = await caducus(['list', 'sinks'], { cwd: folder.file('project') });
    expect(exit).to.equal(0);
    expect(out).to.contain('console');
    expect(err).to.contain('cannot load caducus-broken');
  });
});
