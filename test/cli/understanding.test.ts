import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
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
});
