import { expect } from 'chai';
import { pipelineText, type PipelineInput } from '../../../src/cli/input/pipelineText.ts';
import type { FormatOption } from '../../../src/formats/index.ts';
import { builtins } from '../../../src/pipeline/builtins.ts';
import { loadPipeline } from '../../../src/pipeline/load.ts';
import { partly } from '../../support/typed.ts';

const text = (input: Partial<PipelineInput>) =>
  pipelineText({ path: 'app.log', read: 'Read as text lines.', format: undefined, by: 'group_id', window: 300_000, ...input });
const load = (yaml: string, env: Record<string, string> = {}) =>
  loadPipeline('radar.yaml', yaml, { registry: builtins, variables: { env, config: () => undefined } });
const pathIn = (yaml: string, env = {}) => (load(yaml, env).sources[0]!.options as { path: string }).path;

describe('the pipeline file of an input', () => {
  it('is a pipeline, whose file can be another by LOG', () => {
    expect(pathIn(text({}))).to.equal('app.log');
    expect(pathIn(text({}), { LOG: 'b.log' })).to.equal('b.log');
  });

  for (const path of [
    'a b.log',
    '"q".log',
    "it's.log",
    'x${HOME}.log',
    'y}.log',
    'back\\slash.log',
    'ünï.log',
    'logs/*.gz',
    'line\nbreak.log',
  ])
    it(`keeps the path ${JSON.stringify(path)}`, () => expect(pathIn(text({ path }))).to.equal(path));

  for (const [path, name] of [
    ['app.log', 'app'],
    ['/var/log/My App.2026.log.gz', 'my-app-2026'],
    ['2026.log', 'radar-2026'],
    ['日本.log', 'radar'],
    [`${'a'.repeat(100)}.log`, 'a'.repeat(64)],
    ['-', 'radar'],
  ] as const)
    it(`of ${path.slice(0, 20)} is called ${name.slice(0, 20)}`, () => expect(load(text({ path })).name).to.equal(name));

  it('has the format as it was asked for, in the keys of a file', () => {
    const ndjson = { fields: { timestamp: 'a "b"', text: 'c' }, timeZone: 'Europe/Berlin', year: 2024 };
    expect(
      (load(text({ format: partly<FormatOption>({ ndjson }) })).sources[0]!.options as { format: { ndjson: object } }).format.ndjson,
    ).to.deep.include(ndjson);
  });

  it('warms up for six windows', () => expect(text({})).to.contain('memory: { window: 5m, warmup: 30m }'));
});
