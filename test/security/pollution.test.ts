import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { temporaryFolder } from '../support/testIo.ts';
import { caducus, record } from './support.ts';

const clean = () => {
  const probe = {} as Record<string, unknown>;
  expect([probe['polluted'], Object.keys(Object.prototype)]).to.deep.equal([undefined, []]);
};

describe('__proto__ and its friends are data', () => {
  const folder = temporaryFolder();
  const run = async (format: string, input: string) => {
    writeFileSync(folder.file('in'), input);
    writeFileSync(
      folder.file('p.yaml'),
      `name: p\nsources: { in: { file: { path: "${folder.file('in')}", format: ${format} } } }\noperators:\n  - group_by: {}\n  - memory: {}\n  - rank: {}\nsinks: { out: { ndjson: { path: "${folder.file('out')}", select: [event] } } }\n`,
    );
    const { exit, err } = await caducus(['run', folder.file('p.yaml'), '--fresh', '--data-dir', folder.file('d')]);
    expect(exit, err).to.equal(0);
    clean();
    return readFileSync(folder.file('out'), 'utf8');
  };

  it('in JSON records: kept as they came', async () => {
    const line = record('a', 1, 'x', '__proto__').replace(
      '"metadata":{}',
      '"metadata":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
    );
    expect(await run('ndjson', `${line}\n`)).to.equal(`${line.slice(0, -1)},"schema":1}\n`);
    expect(await run('ndjson', '{"time":1773446401,"msg":"m","__proto__":{"polluted":1}}\n')).to.contain('"__proto__":{"polluted":1}');
  });

  it('in the header of a CSV', async () => {
    expect(await run('csv', 'timestamp,message,__proto__,constructor\n2026-03-14T00:00:01Z,m,polluted,c\n'))
      .to.contain('"__proto__":"polluted"')
      .and.to.contain('"constructor":"c"');
  });

  it('in logfmt', async () => {
    expect(await run('lines', 'ts=2026-03-14T00:00:01Z msg=m __proto__=polluted constructor=c\n')).to.contain('polluted');
  });

  it('in pipeline files: an unknown key like any other', async () => {
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      for (const text of [
        `${key}: { polluted: 1 }`,
        `sources: { a: { ${key}: { polluted: 1 } } }`,
        `sources: { a: { stdin: { ${key}: 1 } } }`,
      ]) {
        writeFileSync(folder.file('bad.yaml'), `name: p\n${text.startsWith('sources') ? '' : 'sources: { a: { stdin: {} } }\n'}${text}\n`);
        const { exit, out } = await caducus(['validate', folder.file('bad.yaml')]);
        expect(exit, `${text}\n${out}`).to.equal(78);
        expect(out).to.contain(key);
        clean();
      }
    }
  });

  it('in configuration files and assignments', async () => {
    for (const text of [
      '__proto__: { polluted: 1 }',
      'biblicus: { __proto__: { polluted: 1 } }',
      'collectors: { constructor: { prototype: { polluted: 1 } } }',
    ]) {
      writeFileSync(folder.file('c.yml'), `${text}\n`);
      await caducus(['groups', '-c', folder.file('c.yml'), '--data-dir', folder.file('d')]);
      clean();
    }
    for (const text of [
      '__proto__.polluted=1',
      'biblicus.__proto__.polluted=1',
      'constructor.prototype.polluted=1',
      'collectors.__proto__={"polluted":1}',
    ]) {
      await caducus(['groups', '--config', text, '--data-dir', folder.file('d')]);
      clean();
    }
  });

  it('in variables', async () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'config.__proto__.polluted', 'config.constructor.name']) {
      writeFileSync(folder.file('v.yaml'), `name: p\nsources: { a: { file: { path: "\${${name}}" } } }\n`);
      const { exit, out } = await caducus(['validate', folder.file('v.yaml')]);
      expect([exit, out.includes('is not set')], name).to.deep.equal([78, true]);
    }
  });
});
