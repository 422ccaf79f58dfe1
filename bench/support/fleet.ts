import { seeded } from './seeded.ts';
import { toIso, type JsonObject } from '../../src/event.ts';
import { GroupMemory } from '../../src/memory/groupMemory.ts';
import type { MemoryOptions } from '../../src/memory/memoryOptions.ts';
import { rankMachine, startRank } from '../../src/memory/ranking/rankMachine.ts';
import type { Blip, Radar } from '../../src/signal.ts';

const minute = 60_000;
const defaults: MemoryOptions = {
  windowMs: 5 * minute,
  earlyMs: 0,
  warmupMs: 0,
  periodMs: 1440 * minute,
  halfLifeMs: 1440 * minute,
  similarityThreshold: 0.8,
  maxTemplates: 500,
  maxTopics: 500,
  lexical: true,
};

/** Numbers from 0 to 1 that look like chance. */
export type Draw = () => number;

/** A pattern of a group: its line, or what makes one, its level, and how many a window are usual. */
export interface Stream {
  group: string;
  text: string | ((draw: Draw, host: string) => string);
  level: string;
  rate: number;
  /** Instances its lines come from, one after the other by chance; none are named unless given. */
  hosts?: readonly string[];
  /** Comes exactly so often, at its time, whatever the load is: work by the clock. */
  exact?: boolean;
  /** Its lines come in the rest of the window, from so many milliseconds into it on. */
  after?: number;
}

/** Memories of several groups and the rank over them, window by window, with counts that scatter as Poisson's do. */
export class Fleet {
  readonly #draw: Draw;
  readonly #options: MemoryOptions;
  readonly #memories = new Map<string, GroupMemory>();
  readonly #rank = rankMachine({ top: 8, scope: 'all' });
  readonly #state = startRank();
  #n = 0;
  #index = 0;

  constructor(seed: number, options: Partial<MemoryOptions> = {}) {
    this.#draw = seeded(seed);
    this.#options = { ...defaults, ...options };
  }

  /** All blips of the window that was played last, before any ranking. */
  blips: Blip[] = [];

  /** Plays a window in which each stream comes `factor(stream)` times as often as usual; its radar, null when nothing was ranked. */
  play(streams: readonly Stream[], factor: (stream: Stream) => number = () => 1): Radar | null {
    const { windowMs } = this.#options;
    const start = this.#index * windowMs;
    const lines = streams.flatMap((stream) => {
      const { after = 0 } = stream;
      return Array.from({ length: this.#count(stream, factor(stream)) }, () => ({
        stream,
        at: start + after + Math.floor(this.#draw() * (windowMs - after)),
      }));
    });
    lines.sort((a, b) => a.at - b.at);
    for (const { stream, at } of lines) this.#observe(stream, at);
    this.#index += 1;
    const end = this.#index * windowMs;
    this.blips = [];
    for (const [group, memory] of [...this.#memories].sort(([a], [b]) => (a < b ? -1 : 1)))
      for (let due = memory.due(); due !== null && due <= end; due = memory.due())
        memory.tick(due, (blip, time) => {
          this.blips.push(blip);
          this.#rank.step(this.#state, { kind: 'blip', time, key: group, blip }, () => undefined);
        });
    let radar: Radar | null = null;
    this.#rank.tick!(this.#state, end + 1, (signal) => (radar = signal.radar));
    return radar;
  }

  /** The score of the highest line that is none of these. */
  static highest(radar: Radar | null, but: (blip: Blip) => boolean = () => false): number {
    return Math.max(0, ...(radar?.blips ?? []).filter((blip) => !but(blip)).map(({ score }) => score));
  }

  #observe({ group, text, level, hosts }: Stream, at: number): void {
    const host = hosts ? hosts[Math.floor(this.#draw() * hosts.length)]! : null;
    let memory = this.#memories.get(group);
    if (!memory) this.#memories.set(group, (memory = new GroupMemory(group, this.#options)));
    const id = `e${(this.#n += 1)}`;
    const line = typeof text === 'string' ? text : text(this.#draw, host ?? '');
    const metadata: JsonObject = host === null ? { level } : { level, host };
    memory.observe({ id, timestamp: toIso(at), source: 's', group_id: group, text: line, metadata }, at);
  }

  #count({ rate, exact }: Stream, factor: number): number {
    return exact ? Math.round(rate) : this.#poisson(rate * factor);
  }

  #poisson(mean: number): number {
    if (mean > 50) {
      const normal = Math.sqrt(-2 * Math.log(1 - this.#draw())) * Math.cos(2 * Math.PI * this.#draw());
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
    }
    let n = 0;
    for (let left = Math.exp(-mean), product = this.#draw(); product > left; product *= this.#draw()) n += 1;
    return n;
  }
}

/** Three groups of a few patterns each; `big` has one error now and then. */
export const threeGroups: readonly Stream[] = ['alpha', 'beta', 'gamma'].flatMap((group) => [
  { group, text: `${group} request answered quickly`, level: 'INFO', rate: 120 },
  { group, text: `${group} cache entry written back`, level: 'INFO', rate: 60 },
  { group, text: `${group} session token verified`, level: 'INFO', rate: 30 },
  { group, text: `${group} upstream call broke`, level: 'ERROR', rate: 6 },
]);
