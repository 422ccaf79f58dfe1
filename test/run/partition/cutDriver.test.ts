// One file, because chains, arrivals and the two ways to run them make one property.
import { expect } from 'chai';
import fc from 'fast-check';
import type { Arrival } from '../../../src/arrival.ts';
import { silence } from '../../../src/arrival.ts';
import { hashKey, PARTITIONS } from '../../../src/kernel/partition.ts';
import { builtins } from '../../../src/pipeline/builtins.ts';
import type { Pipeline } from '../../../src/pipeline/definition.ts';
import { loadPipeline } from '../../../src/pipeline/load.ts';
import { isCut, planCut, type Cut } from '../../../src/pipeline/plan.ts';
import { CutDriver, type CutDriverOptions } from '../../../src/run/partition/cutDriver.ts';
import { CutOperators } from '../../../src/run/partition/cutStage.ts';
import type { Driver } from '../../../src/run/stage/driver.ts';
import { Stage, type SavedStage, type StageOutput } from '../../../src/run/stage/stage.ts';
import type { Tap } from '../../../src/run/stage/tap.ts';
import { StageDriver } from '../../../src/run/stage/stageDriver.ts';
import type { Signal } from '../../../src/signal.ts';
import { eventAt } from '../../support/fakes.ts';
import { localPartition } from '../../support/runs/localPartition.ts';

const second = 1000;
const load = (operators: string): Pipeline =>
  loadPipeline('p.yaml', `name: p\nsources: { in: { file: { path: /in.ndjson, format: ndjson } } }\noperators:\n${operators}`, {
    registry: builtins,
    variables: { env: {}, config: () => undefined },
  });

/** Chains that can be cut: with and without a front, with a bound that folds groups, with idle groups that leave, branched. */
const chains = {
  plain: load(`
  - group_by: { key: group_id }
  - memory: { window: 1m, early: 10s }
  - rank: { top: 5 }
  - spike: { value: blip.count, bucket: none }
  - rules: [{ name: new-error, when: { state: new }, severity: critical }, { name: quiet, when: { no_data: true }, for: 2m, severity: warning }]
  - episodes: {}`),
  folding: load(`
  - normalize: { group_id: "{source}:{group_id}" }
  - group_by: { key: "{metadata.group}" }
  - memory: { window: 1m, early: 5s, max_bytes: 600KB }
  - rank: {}`),
  counted: load(`
  - group_by: { key: group_id }
  - spike: { bucket: 30s, max_bytes: 400KB }
  - rules: [{ name: quiet, when: { no_data: true }, for: 2m, severity: warning }]`),
  idle: load(`
  - memory: { window: 30s, idle_expiry: 2m }
  - rank: {}`),
  branched: load(`
  - normalize: { group_id: "{group_id}" }
  - group_by: { key: group_id }
  - memory: { window: 1m }
  - { spike: { bucket: 1m }, from: group_by }
  - { rules: [{ name: late, when: { no_data: true }, for: 1m, severity: info }], from: [memory.late, spike] }`),
};
const tapsOf = ({ operators }: Pipeline): Tap[] => [
  { from: [], kinds: null },
  { from: [operators.at(-1)!.id], kinds: new Set(['event', 'blip', 'finding']) },
  { from: operators.some(({ id }) => id === 'memory') ? ['memory.late'] : ['spike'], kinds: null },
];

/** Groups that share one part of the bound, so that some of them have no room. */
const crowded = Array.from({ length: 1000 }, (_, i) => `g${i}`)
  .filter((name) => hashKey(name) % PARTITIONS === 7)
  .slice(0, 6);

const stageOf = (pipeline: Pipeline, cut?: CutOperators) =>
  new Stage(pipeline, {
    lateness: [{ lateness: 5 * second, idle: 60 * second }],
    merged: false,
    now: 0,
    standIns: cut?.standIns,
    taps: tapsOf(pipeline),
  });

/** How long partitions take to answer, and how many records they are given together. */
interface Pace {
  wait?: () => Promise<void>;
  stretch?: number;
}

interface Run {
  outs: StageOutput[];
  driver: Driver;
}

const options = (outs: StageOutput[], stretch = 1): CutDriverOptions => ({
  ...{ isLookedAt: false, monotonic: () => 0, stretch },
  ...{
    vectors: null,
    live: false,
    failures: [],
    countRecords: () => 0,
    worked: () => {},
    breathe: async () => {},
    beforeTrial: async () => {},
  },
  ...{ emit: (out) => void outs.push(out), afterFailure: () => {}, afterGather: () => {} },
});

function startPlain(pipeline: Pipeline, saved?: SavedStage): Run {
  const outs: StageOutput[] = [];
  const stage = stageOf(pipeline);
  if (saved) stage.load(saved);
  return { outs, driver: new StageDriver(stage, options(outs)) };
}

async function startCut(
  pipeline: Pipeline,
  count: number,
  { wait = async () => {}, stretch = 1 }: Pace = {},
  saved?: SavedStage,
): Promise<Run> {
  const plan = planCut(pipeline) as Cut;
  const outs: StageOutput[] = [];
  const operators = new CutOperators(plan, count);
  const stage = stageOf(pipeline, operators);
  if (saved) stage.load(saved);
  const node = pipeline.operators.find(({ id }) => id === plan.partition)!;
  const driver = new CutDriver(
    stage,
    operators,
    Array.from({ length: count }, () => localPartition(node, wait)),
    options(outs, stretch),
  );
  await driver.scatter();
  return { outs, driver };
}

/** Everything that left, in order, by place. */
const gathered = (outs: readonly StageOutput[]) => ({
  ends: outs.flatMap(({ ends }) => ends),
  taps: [0, 1, 2].map((i) => outs.flatMap(({ taps: tapped }) => tapped[i]!.signals)),
  filtered: [0, 1, 2].map((i) => outs.reduce((sum, { taps: tapped }) => sum + tapped[i]!.filtered, 0)),
});

/** A state whatever order its keys were touched in. */
const inKeyOrder = (saved: SavedStage): SavedStage =>
  JSON.parse(
    JSON.stringify({
      ...saved,
      operators: saved.operators.map(({ state, ...head }) => {
        const { keys, ...more } = state as unknown as { keys: [string][] };
        return { ...head, state: { ...more, keys: keys.toSorted(([a], [b]) => (a < b ? -1 : 1)) } };
      }),
    }),
  ) as SavedStage;

async function drive({ driver }: Run, arrivals: readonly Arrival[]): Promise<void> {
  for (const arrival of arrivals) {
    if (arrival.source === null) await driver.advance(arrival.at);
    else await driver.push(arrival);
  }
}

const rejected = (time: number): Signal => ({
  kind: 'rejected',
  time,
  key: '',
  rejected: { source: 'in', reason: 'no JSON', place: { line: 1 }, original: '{' },
});

/** Records of several groups, some late or of no use, in arrivals of any length, with silences between them. */
const arrivals = fc
  .array(
    fc.record({
      step: fc.integer({ min: -90, max: 70 }),
      group: fc.constantFrom('a', 'b', 'others', ...crowded),
      what: fc.constantFrom('disk full on', 'user came from', 'request done in', 'ERROR cannot reach'),
      n: fc.nat(3),
      cut: fc.constantFrom('no', 'no', 'no', 'cut', 'quiet', 'complete', 'rejected'),
    }),
    { minLength: 1, maxLength: 80 },
  )
  .map((steps) => {
    let time = Date.UTC(2026, 2, 14);
    let at = 0;
    let records: Signal[] = [];
    const all: Arrival[] = [];
    const flush = (more: Partial<Arrival> = {}) => {
      all.push({ source: 'in', at, records, given: records.length, left: 0, ...more });
      records = [];
    };
    for (const { step, group, what, n, cut } of steps) {
      time += step * second;
      const event = eventAt(time, `${what} ${n} ${'x'.repeat(n)}`, group);
      event.event.metadata = { group, level: what.startsWith('ERROR') ? 'ERROR' : 'INFO' };
      records.push(cut === 'rejected' ? rejected(time) : event);
      if (cut === 'cut') flush();
      if (cut === 'complete') flush({ watermark: time + 3 * second });
      if (cut !== 'quiet') continue;
      flush();
      all.push(silence((at += 90 * second)));
    }
    flush();
    return all;
  });

const chain = fc.constantFrom(...(Object.keys(chains) as (keyof typeof chains)[]));
const many = fc.integer({ min: 1, max: 5 });
/** Answers that come at once, or some turns later. */
const waits = (turns: readonly number[]) => {
  let next = 0;
  return async () => {
    for (let i = turns[next++ % turns.length]!; i > 0; i -= 1) await Promise.resolve();
  };
};
const delays = fc.array(fc.nat(9), { minLength: 1, maxLength: 7 });

describe('a cut chain', () => {
  it('can be cut at its first keyed operator', () => {
    expect(Object.values(chains).map((pipeline) => isCut(planCut(pipeline)))).to.deep.equal([true, true, true, true, true]);
  });

  it('gives what it gives uncut, in the same order, in any number of partitions and whatever their pace', async () => {
    let folded = 0;
    await fc.assert(
      fc.asyncProperty(
        chain,
        arrivals,
        many,
        fc.tuple(delays, fc.integer({ min: 1, max: 30 })),
        async (name, given, count, [turns, stretch]) => {
          const plain = startPlain(chains[name]);
          await drive(plain, given);
          await plain.driver.end();
          const cut = await startCut(chains[name], count, { wait: waits(turns), stretch });
          await drive(cut, given);
          await cut.driver.end();
          expect(JSON.stringify(gathered(cut.outs))).to.equal(JSON.stringify(gathered(plain.outs)));
          const counters = ({ driver }: Run) =>
            Array.from(driver.stage.instances, ([id, { counters: one, folded }]) => ({ id, ...one, folded }));
          expect(counters(cut)).to.deep.equal(counters(plain));
          folded += plain.driver.stage.instances.get(name === 'counted' ? 'spike' : 'memory')!.folded.signals;
        },
      ),
      { numRuns: 150 },
    );
    expect(folded).to.be.greaterThan(0);
  });

  it('goes on from what it saved, cut or uncut, in as many partitions as it likes', async () => {
    await fc.assert(
      fc.asyncProperty(chain, arrivals, fc.nat(20), fc.tuple(many, many), async (name, given, place, [before, after]) => {
        const plain = startPlain(chains[name]);
        await drive(plain, given.slice(0, place));
        const half = await startCut(chains[name], before);
        await drive(half, given.slice(0, place));
        const saved = await half.driver.save();
        expect(inKeyOrder(saved)).to.deep.equal(inKeyOrder(await plain.driver.save()));
        const again = startPlain(chains[name], structuredClone(saved));
        const on = await startCut(chains[name], after, {}, structuredClone(saved));
        const rest = [plain, again, on, half];
        plain.outs.length = 0;
        half.outs.length = 0;
        for (const run of rest) {
          await drive(run, given.slice(place));
          await run.driver.end();
        }
        const [first, ...others] = rest.map(({ outs }) => gathered(outs));
        for (const other of others) expect(other).to.deep.equal(first);
      }),
      { numRuns: 80 },
    );
  });
});
