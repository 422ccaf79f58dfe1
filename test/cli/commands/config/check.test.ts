import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { caducus } from '../../../support/caducus.ts';

describe('caducus config check', () => {
  let cwd = '';
  const put = (name: string, text: string) => {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  };
  const run = (...args: string[]) => caducus(args, { cwd, env: { HOME: join(cwd, 'home') } });
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'caducus-config-'));
  });
  afterEach(() => rmSync(cwd, { recursive: true, force: true }));

  it('tells what can stand layer by layer, with the keys that other programs own', async () => {
    put(
      '.caducus/config.yml',
      'collectors: { app: { file: { path: app.log } } }\nbiblicus: { other: 1, reinforcement_memory: { data_dir: ./d, label: { on: true } } }\n',
    );
    const { exit, out } = await run('config', 'check', '--ascii');
    expect(exit).to.equal(0);
    expect(out.split('\n')).to.deep.equal([
      'configuration ok: 2 layers above the defaults, 1 collector',
      '  .caducus/config.yml',
      '  --ascii',
      '  kept as it is, no part of caducus asks for it: biblicus.other',
      '  kept as it is, no part of caducus asks for it: biblicus.reinforcement_memory.label',
      '',
    ]);
  });

  it('finds no configuration sound', async () => {
    expect(await run('config', 'check')).to.deep.equal({
      exit: 0,
      out: 'configuration ok: 0 layers above the defaults, 0 collectors\n',
      err: '',
    });
  });

  it('--json names layers, collectors and the keys that are kept', async () => {
    put(
      '.caducus/config.yml',
      'collectors: { app: { file: { path: app.log } }, web: { file: { path: web.log } } }\nbiblicus: { other: 1 }\n',
    );
    expect(JSON.parse((await run('config', 'check', '--json')).out)).to.deep.equal({
      ok: true,
      layers: ['.caducus/config.yml'],
      collectors: ['app', 'web'],
      kept: ['biblicus.other'],
      schema: 1,
    });
  });

  it('refuses a collector whose options cannot stand, at its place', async () => {
    put('.caducus/config.yml', 'ascii: true\ncollectors: { app: { file: { pth: app.log } } }\n');
    const { exit, out, err } = await run('config', 'check');
    expect([exit, out]).to.deep.equal([78, '']);
    expect(err)
      .to.match(/config\.yml:2:\d+ +error CAD\d{3} .*unknown key "pth"/)
      .and.to.contain('did you mean "path"?');
  });
});
