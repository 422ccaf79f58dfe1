// One file, because what is known is one state, to which each signal and each memory adds.
import { startBoard, type Board } from '../../board/board.ts';
import { reduceBoard } from '../../board/reduceBoard.ts';
import { setNewest } from '../../base/evictOldest.ts';
import { toIso, type Json, type JsonObject } from '../../event.ts';
import type { Io } from '../../io.ts';
import { groupedBy } from '../../base/groupedBy.ts';
import { digest } from '../../base/digest.ts';
import type { GroupMemory } from '../../memory/groupMemory.ts';
import { addCounts, countMemory, noCounts, type MemoryCounts } from '../../memory/memoryCounts.ts';
import { foldRows } from '../../memory/ranking/foldRows.ts';
import { readJudged, makeRecords, type Judged, type TopicRecord } from '../../memory/topics/topicRecord.ts';
import { isEpisode } from '../../findings/isEpisode.ts';
import type { Blip, Finding, Signal } from '../../signal.ts';
import { readRecall, readTopics, writeRecall, writeTemplates, type Known, type Recall } from '../../store/recall.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import { ioFailure } from '../ioFailure.ts';
import { watchMemory } from './watchMemory.ts';

/** Least time between two writings while a run goes on, milliseconds, and as a multiple of the time the last one took. */
const leastPause = 10_000;
const pauseFactor = 50;
/** What is kept at most: those seen longest ago go first. */
const mostTopics = 10_000;
/** Topics of several templates whose blips are held to be folded. */
const mostRows = 256;
const mostGroups = 512;
const mostIncidents = 500;

export interface RecallingOptions {
  io: Io;
  dataDir: string;
  name: string;
  inputs?: string[];
  format?: string | JsonObject | undefined;
  /** Forget what an earlier run knew. */
  fresh?: boolean;
  /** Keep nothing on disk: who asks gets what is known now. */
  silent?: boolean;
  /** Whoever looks at the memories says when it is written. */
  isAsked?: boolean;
}

/**
 * Keeps on disk what a run knows, for `explain`, `context` and `events --pattern`: its topics as plain records, its last
 * radar, its findings. It looks at the memories of the run and changes nothing in it.
 */
export class RecallWriter {
  readonly #options: RecallingOptions;
  /** Weak: what the run puts on disk to keep memory small must not stay here. */
  readonly #groups = new Map<string, WeakRef<GroupMemory>>();
  /** By group. */
  readonly #topics = new Map<string, TopicRecord[]>();
  /** How many records there are. */
  #records = 0;
  /** Event time before which a topic cannot be among the `mostTopics` that came last, milliseconds. */
  #floor = Number.NEGATIVE_INFINITY;
  readonly #judged = new Map<string, Judged>();
  /** Blips of the last window of topics that have several templates. */
  readonly #members = new Map<string, Blip[]>();
  readonly board: Board = startBoard();
  /** Episodes that are over, the latest last: they are remembered for longer than other findings. */
  readonly #incidents = new Map<string, Finding>();
  /** Hash of the templates that were written, by group. */
  readonly #written = new Map<string, string>();
  /** Memories are looked at later than what is made of them comes: that is kept until they are. */
  keepsUnseen = false;
  /** Why what it knows could not be kept the last time; null when it could. It is derived: nothing depends on it. */
  failure: unknown = null;
  #by = 'group_id';
  #embedder: Recall['embedder'];
  #rules: Recall['rules'];
  /** By group; of all that have ended as one. */
  readonly #counts = new Map<string, MemoryCounts>();
  #endedCounts = noCounts;
  #wroteAt: number;
  #pause = leastPause;

  constructor(options: RecallingOptions) {
    this.#options = options;
    const { io, dataDir, name, fresh } = options;
    this.#wroteAt = io.monotonic();
    const known = fresh === true ? null : readRecall(io.files, dataDir, name);
    if (!known) return;
    const topics = readTopics(io.files, dataDir, name);
    for (const [group, records] of groupedBy(topics, (record) => record.group_id)) this.#hold(group, records);
    // Those that came last come first: they are to go last.
    for (const record of topics.toReversed()) if (record.judged) this.#judged.set(makeKey(record), record.judged);
    for (const finding of known.findings) {
      reduceBoard(this.board, { kind: 'finding', time: Date.parse(finding.updated), key: finding.group_id, finding });
      this.#keepIncident(finding);
    }
    for (const [key, judged] of known.judged ?? []) this.#judged.set(key, judged);
    this.board.radar = known.radar;
    this.board.newest = known.as_of === null ? null : Date.parse(known.as_of);
  }

  /** The pipeline with its memories in sight; it runs as before. Each that comes up is `held`, and looked at when something is written. */
  watch(pipeline: Pipeline, held = (memory: GroupMemory): unknown => this.#groups.set(memory.group, new WeakRef(memory))): Pipeline {
    const grouping = pipeline.operators.findLast(({ operator }) => operator.spec.name === 'groupBy');
    if (grouping) this.#by = String((grouping.options as { key: string }).key);
    const embedder = pipeline.operators.find((operator) => operator.embedder !== undefined)?.embedder;
    this.#embedder = embedder && { name: embedder.factory.spec.name, options: embedder.options as Json };
    const { mask = [], keep = [] } = (pipeline.operators.find(({ operator }) => operator.spec.name === 'memory')?.options ?? {}) as Partial<
      NonNullable<Recall['rules']>
    >;
    if (mask.length + keep.length > 0) this.#rules = { mask, keep };
    const operators = watchMemory(pipeline.operators, {
      held: (memory) => void held(memory),
      ended: (memory) => {
        this.look(memory);
        this.#groups.delete(memory.group);
        this.#endedCounts = addCounts(this.#endedCounts, countMemory(memory));
        this.#counts.delete(memory.group);
      },
    });
    return { ...pipeline, operators };
  }

  /** Nothing has been seen that would be worth writing. */
  get isEmpty(): boolean {
    const { radar, early, open, over } = this.board;
    return radar === null && early === null && open.size + over.size === 0;
  }

  /** What its memories do not hold; of those on disk, as they were last looked at. */
  get counts(): MemoryCounts {
    for (const [group, ref] of this.#groups) {
      const memory = ref.deref();
      if (memory) this.#counts.set(group, countMemory(memory));
    }
    return [...this.#counts.values()].reduce(addCounts, this.#endedCounts);
  }

  /** Takes what leaves the last operators; writes now and then. */
  see(signal: Signal): void {
    reduceBoard(this.board, signal);
    if (signal.kind === 'finding') this.#keepIncident(signal.finding);
    if (signal.kind === 'blip') this.#blip(signal.blip);
    else if (signal.kind === 'radar') {
      // A line that only says that something has not ended yet was judged by nobody.
      for (const blip of signal.radar.blips) if (blip.count > 0 || blip.on_since === undefined) this.#blip(blip);
      if (this.#options.isAsked !== true && this.#options.io.monotonic() - this.#wroteAt >= this.#pause) this.write();
    }
  }

  /** Writes what is known now. */
  write(): void {
    const { io, dataDir, silent } = this.#options;
    if (silent === true) return;
    const began = io.monotonic();
    const { recall, topics } = this.known();
    this.#keep(() => writeRecall(io.files, dataDir, recall, topics));
    this.#wroteAt = io.monotonic();
    this.#pause = Math.max(leastPause, pauseFactor * (this.#wroteAt - began));
  }

  /** What is known now. */
  known(): Known {
    const { name, inputs = [], format } = this.#options;
    for (const [group, ref] of this.#groups) {
      const memory = ref.deref();
      if (memory) this.look(memory);
      else this.#groups.delete(group);
    }
    const topics = [...this.#topics.values()]
      .flat()
      .map((record) => ({ ...record, judged: this.#judged.get(makeKey(record)) ?? record.judged }));
    topics.sort((a, b) => (a.last_seen < b.last_seen ? 1 : a.last_seen > b.last_seen ? -1 : makeKey(a) < makeKey(b) ? -1 : 1));
    const seen = new Set(topics.map(makeKey));
    const unseen = this.keepsUnseen ? [...this.#judged].filter(([key]) => !seen.has(key)) : [];
    const recall: Recall = {
      version: 1,
      name,
      inputs,
      ...(format === undefined ? {} : { format }),
      by: this.#by,
      ...(this.#rules && { rules: this.#rules }),
      counts: this.counts,
      ...(this.#embedder && { embedder: this.#embedder }),
      as_of: this.board.newest === null ? null : toIso(this.board.newest),
      radar: this.board.radar ?? this.board.early,
      findings: [
        ...[...this.#incidents.values()].filter(({ id }) => !this.board.over.has(id) && !this.board.open.has(id)),
        ...this.board.over.values(),
        ...this.board.open.values(),
      ],
      ...(unseen.length > 0 && { judged: unseen }),
    };
    return { recall, topics: topics.slice(0, mostTopics) };
  }

  #keepIncident(finding: Finding): void {
    if (isEpisode(finding) && finding.state === 'resolved') setNewest(this.#incidents, finding.id, finding, mostIncidents);
  }

  /** Takes what a memory holds now in place of what it held. */
  look(memory: GroupMemory): void {
    const records = makeRecords(memory, this.board.newest ?? 0, this.#floor);
    for (const { last_seen: last } of records)
      this.board.newest = Math.max(this.board.newest ?? Number.NEGATIVE_INFINITY, Date.parse(last));
    this.#hold(memory.group, records);
    this.#counts.set(memory.group, countMemory(memory));
    this.#templates(memory);
  }

  /** Takes the records of a group in place of those before. Of many more than are kept those that came longest ago go. */
  #hold(group: string, records: TopicRecord[]): void {
    this.#records += records.length - (this.#topics.get(group)?.length ?? 0);
    if (records.length > 0) this.#topics.set(group, records);
    else this.#topics.delete(group);
    if (this.#records <= 2 * mostTopics) return;
    const seen = [...this.#topics.values()].flat().map(({ last_seen: last }) => Date.parse(last));
    this.#floor = seen.toSorted((a, b) => b - a)[mostTopics - 1]!;
    this.#records = 0;
    for (const [name, held] of this.#topics) {
      const kept = held.filter(({ last_seen: last }) => Date.parse(last) >= this.#floor);
      this.#records += kept.length;
      if (kept.length > 0) this.#topics.set(name, kept);
      else this.#topics.delete(name);
    }
  }

  #templates({ group, known: { index } }: GroupMemory): void {
    if (this.#written.size >= mostGroups && !this.#written.has(group)) return;
    const shape = digest(Array.from(index.all(), ({ id, kinds, texts }) => `${id} ${kinds.join('')} ${texts.length}`).join('\n'));
    if (this.#written.get(group) === shape) return;
    this.#written.set(group, shape);
    const { io, dataDir, name, silent } = this.#options;
    if (silent !== true) this.#keep(() => writeTemplates(io.files, dataDir, { name, group, index: index.save() }));
  }

  /** A disk that is full or may not be written ends no run for this. */
  #keep(write: () => void): void {
    try {
      write();
      this.failure = null;
    } catch (error) {
      this.failure = ioFailure(error, {});
      if (this.failure === error) throw error;
    }
  }

  #blip(blip: Blip): void {
    const key = makeKey(blip);
    // Moved to the end: the first in the map are those judged longest ago.
    setNewest(this.#judged, key, readJudged(this.#row(key, blip)), mostTopics);
  }

  /** The row of a topic in a window, as far as its templates have come. */
  #row(key: string, blip: Blip): Blip {
    if (blip.templates < 2 || blip.members) return blip;
    const before = this.#members.get(key) ?? [];
    const others = before.filter(({ template_id: id, end, open }) => id !== blip.template_id && end === blip.end && open === blip.open);
    setNewest(this.#members, key, [...others, blip], mostRows);
    return foldRows([...others, blip])[0]!;
  }
}

const makeKey = ({ group_id: group, topic_id: topic }: Pick<Blip, 'group_id' | 'topic_id'>): string => `${group}\n${topic}`;
