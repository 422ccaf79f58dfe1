import { mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { openEngine } from '../../src/engine/openEngine.ts';
import { nodeIo } from '../../src/io.ts';
import { builtins } from '../../src/pipeline/builtins.ts';
import { extend } from '../../src/pipeline/registry.ts';
import { caught } from '../support/engine/roles.ts';
import { temporaryFolder } from '../support/testIo.ts';

const options = { pipeline: 'p', lease: 15_000, replicas: 1 };
const { files } = nodeIo();

describe('an engine', () => {
  const folder = temporaryFolder();
  const file = folder.file('p.yaml');
  const open = (url: string, registry = builtins) => openEngine(url, options, { registry, files, file });

  it('is found by the scheme of its address, among those of a required module', async () => {
    const given: unknown[] = [];
    const engine = { name: 'mine', open: async (...all: unknown[]) => (given.push(...all), 'opened') };
    expect(await open('mine://host:1/x', extend(builtins, { engines: [engine] }))).to.equal('opened');
    expect(given).to.deep.equal(['mine://host:1/x', options]);
  });

  it('is found in a package that is installed beside the file', async () => {
    const home = folder.file('node_modules/caducus-own');
    mkdirSync(home, { recursive: true });
    writeFileSync(
      `${home}/package.json`,
      JSON.stringify({ name: 'caducus-own', type: 'module', exports: './i.js', caducus: { engines: ['own'] } }),
    );
    writeFileSync(`${home}/i.js`, "export const engines = [{ name: 'own', open: async (url) => url }];");
    expect(await open('own://host')).to.equal('own://host');
  });

  it('that is known and not there says what to install', async () => {
    const known = { ...builtins, packages: [{ name: 'caducus-far', engines: ['far'] }] };
    const error = await caught(open('far://host', known));
    expect(error).to.have.property('code', 'CAD016');
    expect(error).to.have.property('message').that.contains('needs caducus-far: npm install caducus-far');
  });

  it('of no known scheme is refused with those there are, and so is what is no address', async () => {
    const error = await caught(open('kafka://host'));
    expect(error).to.have.property('message').that.contains('no engine "kafka"');
    expect(error).to.have.property('hint', 'There are nats, tls.');
    expect(await caught(open('localhost:4222'))).to.have.property('code', 'CAD002');
  });
});
