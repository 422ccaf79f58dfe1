import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { caducus } from '../../support/caducus.ts';

type Shown = Record<string, { value: unknown; origin: string }>;

describe('the configuration', () => {
  let cwd = '';
  const env: Record<string, string> = {};
  const put = (name: string, text: string) => {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  };
  const run = (...args: string[]) => caducus(args, { cwd, env: { HOME: join(cwd, 'home'), ...env } });
  const shown = async (...args: string[]): Promise<Shown> =>
    JSON.parse((await run('config', 'show', '--origin', '--json', ...args)).out) as Shown;

  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'caducus-config-'));
  });
  afterEach(() => {
    rmSync(cwd, { recursive: true, force: true });
    for (const name of Object.keys(env)) delete env[name];
  });

  describe('has layers, each of which beats the ones below', () => {
    /** In rising order: what writes the layer, the flags it needs, the value, the origin that is shown. */
    const layers: [name: string, write: () => void, flags: string[], value: string, origin: string][] = [
      ['the default', () => {}, [], '.caducus/data', 'default'],
      ["the user's file", () => put('home/.caducus/config.yml', 'data_dir: ./user\n'), [], './user', 'home/.caducus/config.yml:1:11'],
      ["the folder's file", () => put('.caducus/config.yml', '# a\ndata_dir: ./folder\n'), [], './folder', '.caducus/config.yml:2:11'],
      ['--configuration', () => put('one.yml', 'data_dir: ./one\n'), ['--configuration', 'one.yml'], './one', 'one.yml:1:11'],
      ['a second --configuration', () => put('two.yml', 'data_dir: ./two\n'), ['-c', 'two.yml'], './two', 'two.yml:1:11'],
      ['.env', () => put('.env', 'CADUCUS_DATA_DIR=./dotenv\n'), [], './dotenv', '.env:1:1'],
      ['the environment', () => void (env['CADUCUS_DATA_DIR'] = './env'), [], './env', 'CADUCUS_DATA_DIR'],
      ['--set', () => {}, ['--set', 'data_dir=./set'], './set', '--config'],
      ['--data-dir', () => {}, ['--data-dir', './flag'], './flag', '--data-dir'],
    ];
    for (const [i, [name, , , value, origin]] of layers.entries()) {
      it(`${name}${i === 0 ? '' : ` beats ${layers[i - 1]![0]}`}`, async () => {
        for (const [, write] of layers.slice(0, i + 1)) write();
        const flags = layers.slice(0, i + 1).flatMap(([, , given]) => given);
        const { data_dir: found } = await shown(...flags);
        expect({ ...found, origin: found!.origin.replace(`${cwd}/`, '') }).to.deep.equal({ value, origin });
      });
    }
  });

  it('--config reaches any path, biblicus.* and collectors.* included, and merges with what files say', async () => {
    put('.caducus/config.yml', 'biblicus: { reinforcement_memory: { label: { model: small, words: 3 } } }\n');
    const rows = await shown(
      '--config',
      'biblicus.reinforcement_memory.label.words=5',
      '--config',
      'collectors.app.file.path=app.log',
      '--config',
      'ascii=true',
    );
    expect(rows['biblicus.reinforcement_memory.label.model']).to.deep.equal({ value: 'small', origin: '.caducus/config.yml:1:53' });
    expect(rows['biblicus.reinforcement_memory.label.words']).to.deep.equal({ value: 5, origin: '--config' });
    expect(rows['collectors.app.file.path']).to.deep.equal({ value: 'app.log', origin: '--config' });
    expect(rows['ascii']).to.deep.equal({ value: true, origin: '--config' });
  });

  it('takes folders from biblicus.reinforcement_memory, whichever layer holds it', async () => {
    put('.caducus/config.yml', 'data_dir: ./below\n');
    put('one.yml', 'biblicus:\n  reinforcement_memory:\n    data_dir: ./d\n    vector_store: { path: ./v }\n');
    const rows = await shown('-c', 'one.yml');
    expect(rows['data_dir']).to.deep.equal({ value: './d', origin: 'one.yml:3:15' });
    expect(rows['vectors_dir']).to.deep.equal({ value: './v', origin: 'one.yml:4:27' });
    const over = await shown('-c', 'one.yml', '--config', 'biblicus.reinforcement_memory.vector_store.path=./w');
    expect(over['vectors_dir']).to.deep.equal({ value: './w', origin: '--config' });
  });

  it('replaces {{ NAME|default }}, quoted or not, and says where a missing one stands', async () => {
    put('.env', 'FROM_DOTENV=./from-dotenv\n');
    put('one.yml', 'data_dir: {{ FROM_DOTENV|./other }}\nvectors_dir: "{{ NOWHERE|./v }}/x"\n');
    const rows = await shown('-c', 'one.yml');
    expect([rows['data_dir']?.value, rows['vectors_dir']?.value]).to.deep.equal(['./from-dotenv', './v/x']);
    put('bad.yml', 'time_zone: UTC\ndata_dir: {{ NOWHERE }}\n');
    const { exit, err } = await run('config', 'check', '-c', 'bad.yml');
    expect(exit).to.equal(78);
    expect(err).to.contain('bad.yml:2:11  error CAD021  data_dir: NOWHERE is not set').and.to.contain('(looked in: environment, ./.env)');
  });

  it('never prints a secret', async () => {
    put(
      '.caducus/config.yml',
      'biblicus: { reinforcement_memory: { embed: { api_key: hunter2hunter2, url: "https://me:pa55w0rd@x.example/v1" } } }\ncollectors: { in: { http: { token: "{{ TOKEN }}" } } }\n',
    );
    env['TOKEN'] = 'tok-1234567890';
    const { out } = await run('config', 'show', '--origin');
    expect(out)
      .to.contain('******')
      .and.not.to.match(/hunter2|pa55w0rd|tok-1234/);
    const { err } = await run('config', 'check', '--config', 'collectors.in.http.token=');
    expect(err).not.to.match(/hunter2|tok-1234/);
  });

  describe('that is broken is refused', () => {
    const table: [fault: string, write: () => void, args: string[], says: string][] = [
      [
        'a misspelt key',
        () => put('.caducus/config.yml', 'ascii: true\ndata_dri: x\n'),
        [],
        '.caducus/config.yml:2:1  error CAD020  unknown key "data_dri"',
      ],
      [
        'a value of the wrong kind',
        () => put('.caducus/config.yml', 'ascii: maybe\n'),
        [],
        '.caducus/config.yml:1:8  error CAD020  ascii: expected true or false, got "maybe"',
      ],
      [
        'a variable of the wrong kind',
        () => void (env['CADUCUS_DRAIN_TIMEOUT'] = 'soon'),
        [],
        'error CAD020  CADUCUS_DRAIN_TIMEOUT drain_timeout: expected a length of time such as 30s or 5m',
      ],
      [
        'a variable of the wrong kind in .env',
        () => put('.env', '# how long\n\nCADUCUS_DRAIN_TIMEOUT=soon\n'),
        [],
        '.env:3:1  error CAD020  CADUCUS_DRAIN_TIMEOUT drain_timeout: expected a length of time such as 30s or 5m',
      ],
      [
        'a variable of .env that is nearly one of ours',
        () => put('.env', 'A=1\nexport CADUCUS_DATA_DRI=x\n'),
        [],
        '.env:2:1  error CAD020  CADUCUS_DATA_DRI: unknown variable CADUCUS_DATA_DRI\n  did you mean "CADUCUS_DATA_DIR"?',
      ],
      [
        "a misspelt key in the user's own file",
        () => put('home/.caducus/config.yml', 'ascii: true\ndata_dri: x\n'),
        [],
        'home/.caducus/config.yml:2:1  error CAD020  unknown key "data_dri"',
      ],
      [
        "YAML that does not parse in the user's own file",
        () => put('home/.caducus/config.yml', 'a: [\n'),
        [],
        'home/.caducus/config.yml:2:1  error CAD012',
      ],
      [
        'a misspelt key of --configuration',
        () => put('one.yml', '\nasci: true\n'),
        ['-c', 'one.yml'],
        'one.yml:2:1  error CAD020  unknown key "asci"\n   2 | asci: true\n     | ^^^^ did you mean "ascii"?',
      ],
      ['a misspelt key of --config', () => {}, ['--config', 'asci=true'], '--config asci: unknown key "asci"\n  did you mean "ascii"?'],
      [
        'keys where one value belongs',
        () => put('.caducus/config.yml', 'data_dir: { a: 1 }\n'),
        [],
        '.caducus/config.yml:1:11  error CAD020  data_dir: "data_dir" holds one value',
      ],
      [
        'a value where keys belong',
        () => put('.caducus/config.yml', 'collectors: all\n'),
        [],
        '.caducus/config.yml:1:13  error CAD020  collectors: "collectors" holds keys and values',
      ],
      ['a list', () => put('.caducus/config.yml', '- a\n'), [], '.caducus/config.yml:1:1  error CAD020  expected keys and values'],
      ['YAML that does not parse', () => put('.caducus/config.yml', 'data_dir: [\n'), [], '.caducus/config.yml:2:1  error CAD012'],
      ['a file that is not there', () => {}, ['-c', 'none.yml'], 'none.yml  error CAD010  configuration file not found'],
      [
        'a line of .env that sets nothing',
        () => put('.env', '# a\nA="x\ny"\nnonsense\n'),
        [],
        '.env:4:1  error CAD020  this line sets nothing',
      ],
      ['a variable that is nearly one of ours', () => void (env['CADUCUS_DATA_DRI'] = 'x'), [], 'did you mean "CADUCUS_DATA_DIR"?'],
      ['a path with a hole', () => {}, ['--config', 'a..b=1'], 'expected names with single dots between them'],
      ['a folder that is none', () => {}, ['--data-dir', ''], '--data-dir: expected the path of a folder'],
      [
        'a misspelt option of a collector',
        () => put('.caducus/config.yml', 'collectors:\n  a: { file: { path: x, formt: csv } }\n'),
        [],
        '.caducus/config.yml:2:25  error CAD014  collectors.a.file: unknown key "formt"\n   2 |   a: { file: { path: x, formt: csv } }\n     |                         ^^^^^ did you mean "format"?',
      ],
      [
        'an unknown source of a collector',
        () => {},
        ['--config', 'collectors.a.fil.path=x'],
        'error CAD016  --config collectors.a: unknown source "fil"\n  did you mean "file"?',
      ],
    ];
    for (const [fault, write, args, says] of table) {
      it(`${fault}, with the place`, async () => {
        write();
        const { exit, err } = await run('config', 'check', ...args);
        expect(err).to.contain(says);
        expect(exit).to.equal(says.includes('CAD010') ? 74 : 78);
      });
    }
  });

  it('docs names every key with its variable, flag and default', async () => {
    const { out } = await run('config', 'docs');
    expect(out).to.contain('data_dir  (CADUCUS_DATA_DIR, --data-dir)  default ".caducus/data"').and.to.contain('CADUCUS_CACHE_DIR');
  });
});
