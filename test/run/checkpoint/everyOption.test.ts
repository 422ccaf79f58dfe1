import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { z } from 'zod';
import type { CaducusError } from '../../../src/errors.ts';
import type { OperatorEntry } from '../../../src/kernel/defineOperator.ts';
import { listOptions, listUnclassed } from '../../../src/kernel/optionChange.ts';
import { defineEmbedder } from '../../../src/embedders/embedder.ts';
import { embedLexical } from '../../../src/memory/text/lexical.ts';
import { builtins } from '../../../src/pipeline/builtins.ts';
import { toSnakeCase } from '../../../src/pipeline/keyCase.ts';
import { extend, readVerb } from '../../../src/pipeline/registry.ts';
import { durableRun } from '../../support/durableRun.ts';
import { memoryFiles, type MemoryFiles } from '../../support/memoryFiles.ts';
import { testIo } from '../../support/testIo.ts';

const folder = fileURLToPath(new URL('../../../fixtures/checkpoints/6a8347a', import.meta.url));
const start = Date.UTC(2026, 2, 15);

/** What each operator is written with before anything is changed. */
const base: Record<string, Record<string, unknown>> = {
  normalize: { level: 'level' },
  group_by: { key: 'group_id' },
  budget: { limit: 40, currency: 'USD', period: 'hour', spend: 'metadata.spend' },
  breaker: { failure: { match: 'failed' }, success: { match: 'signed in' }, failure_threshold: 3, wait_in_open: '20s' },
  memory: { window: '1m', early: '10s', warmup: '5m' },
  rank: { top: 5 },
  spike: { value: 'blip.count' },
  sessions: { by: 'source', pattern: 'group_id' },
  rules: {
    rules: [
      { name: 'new-error', when: { state: ['new', 'returning'], min_level: 'error' }, severity: 'critical' },
      { name: 'errors-rising', when: { state: 'rising', min_level: 'error' }, severity: 'warning' },
      { name: 'went-quiet', when: { no_data: true }, for: '3m', severity: 'warning' },
    ],
  },
  episodes: {},
  entities: {},
};

/** Values that a schema does not say how to choose: fields of the input, patterns, lists. */
const edits: Record<string, unknown> = {
  'normalize.source': 'app',
  'normalize.group_id': '{source}:all',
  'normalize.text': 'text',
  'normalize.timestamp': 'timestamp',
  'normalize.level': 'metadata.level',
  'normalize.id': 'id',
  'group_by.key': 'source',
  'budget.rolling': undefined,
  'budget.anchor': { day: 2 },
  'budget.time_zone': 'Europe/Berlin',
  'budget.currency': 'EUR',
  'budget.default_currency': 'USD',
  'budget.thresholds': [{ at: 0.3, severity: 'critical' }],
  'budget.burn': [{ name: 'fast', fraction: 0.1, long: '10m', short: '1m' }],
  'budget.spend': 'metadata.cost',
  'budget.fields': { name: 'source' },
  'breaker.failure': { match: 'disk' },
  'breaker.success': { match: 'request' },
  'breaker.duration': 'metadata.ms',
  'breaker.sliding_window': { type: 'time', size: '5m' },
  'breaker.backoff': { multiplier: 3 },
  'memory.embedder': { house: {} },
  'memory.mask': ['host-.*'],
  'memory.keep': ['u1'],
  'spike.value': 'metadata.ms',
  'spike.spike_multiplier': 2,
  'spike.zone': 'Europe/Berlin',
  'sessions.by': 'group_id',
  'sessions.pattern': 'source',
  'rules.rules': [{ name: 'others', when: { state: 'rising' } }],
  'episodes.states': ['new'],
};

interface Schema {
  [key: string]: unknown;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
}

/** The schema of one option, whichever way of writing the options has it. */
function optionSchema(verb: string, option: string): Schema {
  const { spec } = builtins.operators.find((one) => readVerb('operator', one.spec.name) === verb)!;
  const schema = z.toJSONSchema(spec.options, { io: 'input', unrepresentable: 'any' }) as Schema;
  const all = [schema, ...(schema.anyOf ?? [])].flatMap(({ properties = {} }) => Object.entries(properties));
  return all.find(([name]) => toSnakeCase(name) === option)![1];
}

/** Another value than the one an option has. */
function another(verb: string, option: string): unknown {
  const named = `${verb}.${option}`;
  if (named in edits) return edits[named];
  const schema = optionSchema(verb, option);
  const now = base[verb]![option] ?? schema['default'];
  const one = [schema, ...(schema.anyOf ?? [])];
  const choices = one.flatMap(({ enum: words = [] }) => words as unknown[]).filter((word) => word !== now);
  if (choices.length > 0) return choices[0];
  if (one.some(({ title }) => title === 'duration')) return '7m';
  if (one.some(({ title }) => title === 'size')) return '1GiB';
  if (one.some(({ type }) => type === 'boolean')) return now !== true;
  if (one.some(({ title }) => title === 'amount')) return 50;
  if (one.some(({ title }) => title === 'frequency')) return '1/week';
  const number = one.find(({ type }) => type === 'integer' || type === 'number');
  if (!number) throw new Error(`no other value is known for ${named}: ${JSON.stringify(schema)}`);
  if (number.type === 'integer') return Number(now ?? 100) + 1;
  const most = Number(number['maximum'] ?? Number.POSITIVE_INFINITY);
  const next = Number(now ?? 0.5) * 1.1;
  return next > most || next > Number(number['exclusiveMaximum'] ?? most) ? Number(now) * 0.9 : next;
}

const text = (operators: Record<string, Record<string, unknown>>): string => `name: p
checkpoint: { events: 90, every: 1h }
sources: { in: { file: { path: /in.ndjson, format: ndjson } } }
operators:
${Object.entries(operators)
  .map(([verb, options]) => `  - ${verb}: ${JSON.stringify(options)}`)
  .join('\n')}
sinks:
  out: { ndjson: { path: /d/out/radar.ndjson, select: [blip, radar, finding, rejected] } }
`;

const below = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length));

async function put(files: MemoryFiles, path: string, bytes: Uint8Array): Promise<void> {
  await files.makeFolder(join(path, '..'));
  const file = await files.open(path, 'w');
  await file.write(bytes);
  await file.close();
}

/** The disk as the last release left it. */
async function leftByRelease(): Promise<MemoryFiles> {
  const files = memoryFiles({ largest: 4000 });
  await put(files, '/in.ndjson', readFileSync(join(folder, 'in.ndjson')));
  for (const path of below(join(folder, 'disk'))) await put(files, path, readFileSync(join(folder, 'disk', path)));
  return files;
}

/** The same after a run of this release over the first half of it. */
async function leftByThis(): Promise<Record<string, string>> {
  const files = memoryFiles({ largest: 4000 });
  const lines = readFileSync(join(folder, 'in.ndjson'), 'utf8').split('\n');
  await put(files, '/in.ndjson', Buffer.from(`${lines.slice(0, Math.floor(lines.length / 2)).join('\n')}\n`));
  await durableRun({ io: { ...testIo({ start }), files }, text: text(base) });
  await put(files, '/in.ndjson', Buffer.from(lines.join('\n')));
  return files.texts();
}

/** An embedder of one's own, so that there are two to choose from. */
const house = defineEmbedder({
  name: 'house',
  summary: '',
  similarityThreshold: 0.5,
  options: z.strictObject({}),
  open: async () => ({
    ...{ name: 'house', model: 'house', dimension: null, similarityThreshold: 0.5 },
    counters: { asked: 0, embedded: 0, cached: 0, fallbacks: 0, blank: 0, failures: 0 },
    embed: async (texts: readonly string[]) => ({ vectors: texts.map(embedLexical), fallback: texts.map(() => false) }),
    ready: () => true,
    close: async () => {},
  }),
});
const registry = extend(builtins, { embedders: [house] });

/** Goes on with an option changed; returns what was said of it, and null, or the error of a refusal. */
async function goOn(
  files: MemoryFiles,
  operators: typeof base,
  acceptChanges: boolean,
): Promise<{ notes: string[]; refused: CaducusError | null }> {
  const notes: string[] = [];
  const refused = await durableRun({
    ...{ io: { ...testIo({ start }), files }, text: text(operators), acceptChanges, registry },
    changed: (said) => notes.push(...said),
  }).then(
    () => null,
    (error: CaducusError) => error,
  );
  return { notes, refused };
}

const every: [OperatorEntry, string][] = builtins.operators.flatMap((operator) =>
  listOptions(operator.spec.options).map((name): [OperatorEntry, string] => [operator, name]),
);

describe('an option that is changed between two runs', () => {
  const release = Object.fromEntries(Object.entries(base).filter(([verb]) => verb !== 'normalize' && verb !== 'sessions'));
  let left: Record<string, string>;
  before(async function () {
    this.timeout(20_000);
    left = await leftByThis();
  });

  it('has a class, whichever option of whichever operator', () => {
    for (const { spec } of builtins.operators) expect(listUnclassed(spec), spec.name).to.deep.equal([]);
  });

  for (const [{ spec }, name] of every) {
    const [verb, option] = [readVerb('operator', spec.name), toSnakeCase(name)];
    const kind = spec.changes![name]!;
    const change = () => ({
      [verb]: { ...base[verb], [option]: another(verb, option), ...(option === 'rolling' && { period: undefined, rolling: '2h' }) },
    });
    it(`${verb}.${option}: ${kind}`, async function () {
      this.timeout(20_000);
      const files = memoryFiles({ largest: 4000 });
      for (const [path, content] of Object.entries(left)) await put(files, path, Buffer.from(content));
      const { notes, refused } = await goOn(files, { ...base, ...change() }, false);
      if (kind === 'identity') {
        expect(refused?.code).to.equal('CAD042');
        expect(refused?.message).to.contain(`operator ${verb} has another`);
        expect(refused?.hint).to.contain('--accept-changes');
        // What the hint says works.
        const accepted = await goOn(files, { ...base, ...change() }, true);
        expect(accepted.refused?.message ?? null).to.equal(null);
        return;
      }
      expect(refused?.message ?? null).to.equal(null);
      if (kind === 'view') expect(notes).to.deep.equal([]);
      else expect(notes.join('\n')).to.match(new RegExp(`operator ${verb}: another .*\\b${option}\\b`));
    });
    if (!(verb in release)) continue;
    it(`${verb}.${option} in what the last release left: goes on`, async function () {
      this.timeout(20_000);
      const { notes, refused } = await goOn(await leftByRelease(), { ...release, ...change() }, kind === 'identity');
      expect(refused?.message ?? null).to.equal(null);
      if (kind === 'shape' || kind === 'threshold')
        expect(notes.join('\n')).to.match(new RegExp(`operator ${verb}: another .*\\b${option}\\b`));
    });
  }
});
