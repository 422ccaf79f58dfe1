import { expect } from 'chai';
import { from, toArray } from 'rxjs';
import { entities } from '../../operators/entities.ts';
import { episodes } from '../../operators/episodes.ts';
import { groupBy } from '../../operators/groupBy.ts';
import { memory } from '../../operators/memory.ts';
import { rank } from '../../operators/rank.ts';
import { rules } from '../../operators/rules.ts';
import type { JsonObject } from '../../src/event.ts';
import { isEpisode } from '../../src/findings/isEpisode.ts';
import type { Flow } from '../../src/kernel/defineOperator.ts';
import type { BlipSignal, EpisodeFinding, FindingSignal } from '../../src/signal.ts';
import { eventSignal, verify } from '../../src/testing.ts';

const WINDOW = 60_000;
/** Windows before the fault, lines of each, and how many there are of a kind. */
const [LEARNED, LINES, MANY] = [60, 1000, 10_000];
const start = Date.UTC(2026, 2, 14);

interface Line {
  group: string;
  text: string;
  metadata?: JsonObject;
}

/** A value by chance, the same each time: any of so many. */
const draw = (n: number): number => Math.abs(Math.imul(n * 2_654_435_761 + 12_345, 1_597_334_677)) % MANY;

/** Two services that speak of any of ten thousand volumes and users, with a failure now and then, and from one window on what `fault` adds. */
function lines(fault: (i: number) => Line[]): Flow[] {
  const out: Flow[] = [];
  for (let window = 0; window < LEARNED + 2; window++) {
    const all: Line[] = Array.from({ length: LINES }, (_, i): Line => {
      const n = window * LINES + i;
      const user = { user: `u-${draw(n + 7)}` };
      if (i % 50 === 0) return { group: 'storage', text: `slow write to volume /vol/${draw(n)}`, metadata: { level: 'warn', ...user } };
      return i % 2 === 0
        ? { group: 'storage', text: `wrote block blk_${n} to volume /vol/${draw(n)}`, metadata: user }
        : { group: 'api', text: `request ${n} served from host web-${n % 8}`, metadata: user };
    });
    if (window >= LEARNED) all.push(...Array.from({ length: 60 }, (_, i) => fault(i)).flat());
    all.forEach(({ group, text, metadata = {} }, i) => {
      const time = start + window * WINDOW + Math.floor((i * WINDOW) / all.length);
      out.push(eventSignal(text, time, { id: `e${window}-${i}`, group_id: group, metadata }));
    });
  }
  return out;
}

function run(signals: readonly Flow[], withEntities = true): Flow[] {
  const pass = withEntities ? entities() : groupBy({ key: 'group_id' });
  let out: Flow[] = [];
  from(signals)
    .pipe(
      groupBy({ key: 'group_id' }),
      memory({ window: WINDOW, warmup: '10m' }),
      pass,
      rank(),
      rules([{ name: 'errors', when: { state: ['new', 'returning', 'rising'], minLevel: 'error' }, severity: 'critical' }]),
      episodes(),
      toArray(),
    )
    .subscribe((all) => (out = all as Flow[]));
  return out;
}

/** What the episodes say of the first two windows of the fault. */
function told(out: readonly Flow[]): EpisodeFinding['result'] {
  const found = out
    .filter((one): one is FindingSignal => one.kind === 'finding')
    .map(({ finding }) => finding)
    .filter(isEpisode)
    .filter(({ updated }) => Date.parse(updated) <= start + (LEARNED + 2) * WINDOW);
  return found.at(-1)!.result;
}

describe('entities', () => {
  it('lets lines and blips through as they come', () => {
    verify('a-b-c|', entities(), 'a-b-c|');
  });

  const onVolume = lines((i) => [
    {
      group: 'storage',
      text: `cannot flush block blk_${900_000 + i} to volume /vol/4711: input/output error`,
      metadata: { level: 'error' },
    },
    { group: 'storage', text: `slow write to volume /vol/4711`, metadata: { level: 'warn' } },
    { group: 'api', text: `request failed: volume /vol/4711 is not available`, metadata: { level: 'error' } },
  ]);

  it('names the volume that fails among ten thousand within two windows, with how usual it is', () => {
    const { in_common: common, came_first: causes = [] } = told(run(onVolume));
    expect(common[0]).to.include({ value: '/vol/4711', field: 'volume' });
    expect(common[0]!.in / common[0]!.of).to.be.at.least(0.8);
    expect(common[0]!.usual).to.be.below(0.02);
    const value = causes.find(({ kind }) => kind === 'value');
    expect(value).to.include({ what: 'volume /vol/4711', bits: 12 });
  });

  it('names the user in whose name all fails, by the field', () => {
    const user = { level: 'error', user: 'u-77' };
    const out = run(
      lines((i) => [
        { group: 'api', text: `checkout ${i} was refused`, metadata: user },
        { group: 'storage', text: `no room is left for the basket`, metadata: user },
      ]),
    );
    expect(told(out).in_common[0]).to.include({ value: 'u-77', field: 'user' });
    const finding = out
      .filter((one): one is FindingSignal => one.kind === 'finding')
      .map(({ finding: one }) => one)
      .find(({ type, title }) => type === 'rule' && title.includes('checkout'));
    const [named] = (finding!.type === 'rule' && finding!.result.fields) || [];
    expect(named).to.include({ name: 'user', value: 'u-77', in: 60, of: 60 });
  });

  it('names nobody where the fault is of all', () => {
    const out = run(
      lines((i) => [
        {
          group: 'storage',
          text: `cannot flush block blk_${i} to volume /vol/${draw(i)}`,
          metadata: { level: 'error', user: `u-${draw(i + 3)}` },
        },
        { group: 'api', text: `request ${i} failed`, metadata: { level: 'error', user: `u-${draw(i)}` } },
      ]),
    );
    expect(told(out).in_common).to.deep.equal([]);
    const blips = out.filter((one): one is BlipSignal => one.kind === 'blip');
    expect(blips.filter(({ blip }) => blip.fields?.some(({ name }) => name === 'volume' || name === 'user'))).to.deep.equal([]);
  });

  it('changes nothing else of what goes through', () => {
    const plain = run(onVolume, false);
    const kinds = (out: readonly Flow[]) => out.map(({ kind, time }) => `${kind} ${time}`);
    expect(kinds(run(onVolume))).to.deep.equal(kinds(plain));
  });
});
