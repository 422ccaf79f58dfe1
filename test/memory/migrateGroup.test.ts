import { expect } from 'chai';
import type { Json } from '../../src/event.ts';
import { toIso } from '../../src/event.ts';
import { GroupMemory } from '../../src/memory/groupMemory.ts';
import type { MemoryOptions } from '../../src/memory/memoryOptions.ts';
import { migrateGroup } from '../../src/memory/migrateGroup.ts';
import type { SavedPattern } from '../../src/memory/patterns/pattern.ts';
import type { Blip } from '../../src/signal.ts';

const minute = 60_000;
const options: MemoryOptions = {
  windowMs: minute,
  earlyMs: 0,
  warmupMs: 0,
  periodMs: 86_400_000,
  halfLifeMs: 86_400_000,
  similarityThreshold: 0.8,
  maxTemplates: 100,
  maxTopics: 100,
  lexical: true,
};
/** Two wordings of one event, three of one line to one of the other. */
const lines = ['Failed to open store', 'Unable to open the store', 'Failed to open store', 'Failed to open store'];

function say(memory: GroupMemory, window: number, text: string, k: number): void {
  const time = window * minute + k;
  memory.observe({ id: `${window}-${k}`, timestamp: toIso(time), source: 's', group_id: 'g', text, metadata: {} }, time);
}

function close(memory: GroupMemory, window: number): Blip[] {
  const blips: Blip[] = [];
  memory.tick((window + 1) * minute, (blip) => blips.push(blip));
  return blips;
}

/** The state as it was saved while a topic had one rate. */
function asBefore(json: Json): Json {
  const { patterns: kept, ...saved } = structuredClone<unknown>(json) as {
    patterns: { patterns: SavedPattern[]; active: string[] };
    known: { topics: { topics: { id: string; templates: string[] }[] }; active?: string[] };
    windows: { cells: [string, Json][] }[];
  };
  const mine = (id: string) => kept.patterns.filter(({ topic }) => topic === id);
  for (const topic of saved.known.topics.topics) {
    const parts = mine(topic.id);
    const sum = (key: 'sum' | 'squares') => parts.reduce((total, { rate }) => total + rate[key], 0);
    const [{ id: _id, topic: _topic, rate, ...first }] = parts as [SavedPattern];
    Object.assign(topic, { ...first, rate: { ...rate, sum: sum('sum'), squares: sum('squares') }, total: 40 });
  }
  saved.known.active = saved.known.topics.topics.map(({ id }) => id);
  const topicOf = new Map(kept.patterns.map(({ id, topic }) => [id, topic]));
  for (const window of saved.windows) window.cells = window.cells.map(([id, cell]) => [topicOf.get(id)!, cell]);
  return saved;
}

describe('the memory of a group saved while rates were by topic', () => {
  const memory = new GroupMemory('g', options);
  for (let window = 0; window < 10; window++) {
    lines.forEach((text, k) => say(memory, window, text, k));
    close(memory, window);
  }
  say(memory, 10, lines[0]!, 0);
  const restored = GroupMemory.load(migrateGroup(asBefore(memory.save())), options);

  it('gives each template the share of the rate that its lines are', () => {
    const [one, other] = [...restored.known.index.all()].map(({ id }) => restored.patterns.get(id)!);
    expect(one!.rate.sum / other!.rate.sum).to.be.closeTo(31 / 10, 1e-9);
    expect(one!.topic).to.equal(other!.topic);
    expect([one!.total, other!.total]).to.deep.equal([31, 10]);
  });

  it('keeps what windows are open for it, and judges on', () => {
    lines.slice(1).forEach((text, k) => say(restored, 10, text, k + 1));
    const blips = close(restored, 10);
    expect(blips.map(({ count, state }) => [count, state])).to.deep.equal([
      [3, 'steady'],
      [1, 'steady'],
    ]);
    expect(new Set(blips.map(({ topic_id: id }) => id)).size).to.equal(1);
  });

  it('goes on after a restart as if nothing had been', () => {
    const again = GroupMemory.load(JSON.parse(JSON.stringify(restored.save())) as Json, options);
    expect(again.save()).to.deep.equal(restored.save());
  });
});
