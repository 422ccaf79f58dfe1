import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { builtins } from '../../src/pipeline/builtins.ts';
import { readVerb } from '../../src/pipeline/registry.ts';
import { caducus } from '../support/caducus.ts';
import { temporaryFolder } from '../support/testIo.ts';

const run = promisify(execFile);

describe('graph', () => {
  it('draws sources, operators with the ports they are taken from, and sinks', async () => {
    const { out } = await caducus(['graph', 'spend-guard']);
    expect(out).to.equal(`---
title: spend-guard
---
flowchart LR
  source_spend(["spend<br/>file"])
  operator_group_by["group_by"]
  operator_budget["budget"]
  sink_screen[("screen<br/>console")]
  sink_out[("out<br/>ndjson")]
  source_spend --> operator_group_by
  operator_group_by --> operator_budget
  operator_budget --> sink_screen
  operator_budget --> sink_out
%% in one place: budget counts its keys (max_groups), which takes one place that sees all of them
`);
  });

  describe('of a file of its own', () => {
    const folder = temporaryFolder();
    const file = folder.file('p.yaml');
    before(() =>
      writeFileSync(
        file,
        `name: p
sources: { a-b: { file: { path: x } }, c: { file: { path: y } } }
operators:
  - memory: { window: 1m }
  - { id: late-radar, rank: { top: 3 }, from: [memory.late, c] }
sinks: { raw: { console: { view: events }, from: c } }
`,
      ),
    );

    it('shows ports on the arrows, and ids that Mermaid can read', async () => {
      const { out } = await caducus(['graph', file]);
      expect(out.split('\n').filter((line) => line.includes('-->'))).to.deep.equal([
        '  source_a_b --> operator_memory',
        '  source_c --> operator_memory',
        '  operator_memory -->|late| operator_late_radar',
        '  source_c --> operator_late_radar',
        '  source_c --> sink_raw',
      ]);
    });

    it('gives the same as JSON', async () => {
      const { operators } = JSON.parse((await caducus(['graph', file, '--json'])).out) as { operators: unknown[] };
      expect(operators).to.deep.equal([
        { id: 'memory', verb: 'memory', from: ['a-b', 'c'], ports: ['late'] },
        { id: 'late-radar', verb: 'rank', from: ['memory.late', 'c'], ports: [] },
      ]);
    });
  });
});

it('schema prints a schema that knows every verb, for editors', async () => {
  const { properties } = JSON.parse((await caducus(['schema'])).out) as { properties: Record<string, unknown> };
  expect(Object.keys(properties)).to.include.members(['name', 'sources', 'operators', 'sinks', 'tests']);
  const text = JSON.stringify(properties['operators']);
  for (const { spec } of builtins.operators) expect(text).to.contain(`"required":["${readVerb('operator', spec.name)}"]`);
});

describe('validate --connect', () => {
  const folder = temporaryFolder();
  const pipeline = (name: string, source: string, sink: string) => {
    writeFileSync(folder.file(name), `name: p\nsources: { in: ${source} }\nsinks: { out: ${sink} }\n`);
    return folder.file(name);
  };
  const connect = (file: string) => caducus(['validate', file, '--connect', '--data-dir', folder.file('d')]);

  it('reads a first batch and sees where results could be written, creating nothing', async () => {
    const file = pipeline(
      'good.yaml',
      '{ file: { path: fixtures/requests.log } }',
      `{ ndjson: { path: "${folder.file('new/out.ndjson')}" } }`,
    );
    const { exit, out } = await connect(file);
    expect(exit).to.equal(0);
    expect(out)
      .to.match(/ok {4}sources\.in: open; \d+ records in the first batch\n/)
      .and.to.contain(`ok    sinks.out: ${folder.file('new/out.ndjson')} can be made`);
    expect(existsSync(folder.file('new'))).to.equal(false);
  });

  it('says what cannot be opened, and what to do', async () => {
    const file = pipeline('bad.yaml', '{ file: { path: nowhere.log } }', `{ ndjson: { path: "${folder.file('bad.yaml')}/out.ndjson" } }`);
    const { exit, out } = await connect(file);
    expect(exit).to.equal(74);
    expect(out)
      .to.contain('FAIL  sources.in: CAD010 there is no file nowhere.log\n        Check the path.')
      .and.to.match(/FAIL {2}sinks\.out: CAD011 .*bad\.yaml is no folder/);
  });

  describe('with a receiver', () => {
    const server = createServer((socket) => {
      socket.on('data', (bytes) => received.push(bytes));
    });
    const received: Buffer[] = [];
    let port = 0;
    before(async () => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      port = (server.address() as AddressInfo).port;
    });
    after(() => server.close());

    it('connects and sends nothing; the address is not told, it may be a secret', async () => {
      const file = pipeline(
        'hook.yaml',
        '{ http: { listen: "127.0.0.1:0", format: json } }',
        `{ webhook: { format: json, url: "http://127.0.0.1:${port}/secret-path" } }`,
      );
      const { exit, out } = await connect(file);
      expect(out)
        .to.contain(`ok    sinks.out: 127.0.0.1:${port} takes connections; nothing was sent`)
        .and.to.match(/sources\.in: port \d+ is free/)
        .and.not.to.contain('secret-path');
      expect([exit, received]).to.deep.equal([0, []]);
    });

    it('that is not there is an error, as is a port that is taken', async () => {
      const file = pipeline(
        'taken.yaml',
        `{ http: { listen: "127.0.0.1:${port}", format: json } }`,
        '{ webhook: { format: json, url: "http://127.0.0.1:1/x" } }',
      );
      const { exit, out } = await connect(file);
      expect(exit).to.equal(74);
      expect(out).to.contain('FAIL  sources.in: CAD070').and.to.contain('FAIL  sinks.out: CAD066 127.0.0.1:1: ECONNREFUSED');
    });
  });
});

describe('--require', () => {
  const folder = temporaryFolder();
  const pipeline = './examples/plugin/pulse.yaml';
  const commands = {
    run: ['run', pipeline, '--quiet', '--data-dir', folder.path],
    test: ['test', pipeline],
    list: ['list', 'operators', 'every_nth'],
    graph: ['graph', pipeline],
    schema: ['schema'],
  };
  const outputs = new Map<string, { exit: number; out: string; err: string }>();

  /** One process for all: `caducus` in the plugin means this package's sources there, which take a while to load. */
  before(async () => {
    const list = Object.values(commands).map((args) => [...args, '--require', './examples/plugin/plugin.mjs']);
    const { stdout } = await run(
      process.execPath,
      ['--import=tsx', '--conditions=source', 'test/support/commands.ts', JSON.stringify(list)],
      { env: { ...process.env, NODE_OPTIONS: '' }, maxBuffer: 1 << 24 },
    );
    for (const [i, result] of (JSON.parse(stdout) as { exit: number; out: string; err: string }[]).entries())
      outputs.set(Object.keys(commands)[i]!, result);
  });

  it('brings an operator, a source and a sink that a pipeline file names', () => {
    expect(outputs.get('run')).to.deep.equal({ exit: 0, out: 'PULSE 2\nPULSE 5\nPULSE 8\n', err: '' });
  });

  const says: [command: keyof typeof commands, text: string][] = [
    ['test', '1 passed, 0 failed'],
    ['list', 'n  (integer)'],
    ['graph', 'source_heart --> operator_every_nth'],
    ['schema', '"every_nth"'],
  ];
  for (const [command, text] of says) {
    it(`brings them to ${command} too`, () => {
      expect(outputs.get(command)).to.include({ exit: 0, err: '' });
      expect(outputs.get(command)!.out).to.contain(text);
    });
  }

  it('of a module that cannot be loaded is an error that says why', async () => {
    const { exit, err } = await caducus(['validate', 'hdfs-radar', '--require', './nothing.mjs']);
    expect(exit).to.equal(78);
    expect(err).to.contain('cannot load ./nothing.mjs').and.to.contain('lists called sources, operators, sinks or embedders');
  });
});
