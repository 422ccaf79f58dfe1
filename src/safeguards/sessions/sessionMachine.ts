import { fromSaved, toSaved } from '../../base/saved.ts';
import { digest } from '../../base/digest.ts';
import { evictOldest } from '../../base/evictOldest.ts';
import { fieldReader } from '../../../config/scalars.ts';
import { toIso, type Json } from '../../event.ts';
import { makeFinding } from '../../findings/makeFinding.ts';
import type { Emit, Machine } from '../../kernel/machine.ts';
import { writeValue } from '../../kernel/template/compileTemplate.ts';
import type { SessionResult } from '../../results/sessionResult.ts';
import type { BlipSignal, EventSignal, FindingSignal, FindingState, SessionSignal } from '../../signal.ts';
import { OpenSessions, type OpenSession } from './openSessions.ts';
import type { SessionOptions } from './options.ts';
import { compileEntities, type ReadEntities } from './readEntities.ts';
import { SessionModel, type SessionScore } from './sessionModel.ts';

/** What is known of a pattern beside its id. */
interface Known {
  text: string;
  group: string;
}

/** A finding that is open: what its sessions have in common is the pattern that stands out most in them, and how. */
interface OpenKind {
  id: string;
  since: number;
  /** When it is over unless another comes. */
  until: number;
  group: string;
  title: string;
  result: SessionResult;
}

export interface SessionState {
  sessions: OpenSessions;
  model: SessionModel;
  known: Map<string, Known>;
  /** Patterns that turned out to be another. */
  aliases: Map<string, string>;
  kinds: Map<string, OpenKind>;
  /** Event time of the first signal; null before it. */
  began: number | null;
  /** Sessions that were neither judged nor learned, and events that came after theirs was closed. */
  cut: number;
  stragglers: number;
}

type Saved = Omit<SessionState, 'sessions' | 'model' | 'known' | 'aliases' | 'kinds'> & {
  sessions: Json;
  model: Json;
  known: [string, Known][];
  aliases: [string, string][];
  kinds: [string, OpenKind][];
};

/** Patterns whose text is remembered, and findings open at once; the oldest go. */
const mostKnown = 10_000;
const mostKinds = 1000;
/** Parts and entities that a finding shows, and characters of a pattern's text. */
const shown = 5;
const longestText = 160;

/** What `sessions` does: it gathers the events of each entity until it is idle, and judges what came. */
export class SessionMachine implements Machine<SessionState, EventSignal | BlipSignal, FindingSignal | SessionSignal> {
  readonly #options: SessionOptions;
  readonly #entities: ReadEntities;
  readonly #pattern: (signal: EventSignal) => string | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#entities = compileEntities(options.by);
    const read = options.pattern === undefined ? null : fieldReader(options.pattern);
    this.#pattern = read ? ({ event }) => writeValue(read(event) ?? read(event.metadata)) : ({ template_id: id }) => id;
  }

  start(): SessionState {
    const sessions = new OpenSessions(this.#options);
    const maps = { known: new Map(), aliases: new Map(), kinds: new Map() };
    return { sessions, model: new SessionModel(), ...maps, began: null, cut: 0, stragglers: 0 };
  }

  step(state: SessionState, signal: EventSignal | BlipSignal): void {
    state.began ??= signal.time;
    if (signal.kind === 'blip') {
      for (const old of signal.blip.merged ?? []) state.aliases.set(old, signal.blip.topic_id);
      evictOldest(state.aliases, mostKnown);
      return;
    }
    const pattern = this.#pattern(signal);
    if (pattern === undefined) return;
    for (const entity of this.#entities(signal.event)) this.#add(state, entity, pattern, signal);
    while (state.sessions.size > this.#options.maxOpen && state.sessions.dropSilent()) state.cut += 1;
  }

  due({ sessions, kinds }: SessionState): number | null {
    let first = sessions.due;
    for (const { until } of kinds.values()) if (first === null || until < first) first = until;
    return first;
  }

  tick(state: SessionState, time: number, emit: Emit<FindingSignal | SessionSignal>): void {
    for (const { session, at, whole } of state.sessions.over(time)) {
      if (whole) this.#judge(state, session, at, emit);
      else state.cut += 1;
    }
    for (const [name, kind] of state.kinds) {
      if (kind.until > time) continue;
      state.kinds.delete(name);
      emit(this.#describe(kind, 'resolved', kind.until));
    }
  }

  /** The input is over: sessions that go on were cut by that. */
  end(state: SessionState): void {
    state.cut += state.sessions.clear();
  }

  save({ sessions, model, known, aliases, kinds, ...rest }: SessionState): Json {
    const saved: Saved = {
      ...rest,
      sessions: sessions.save(),
      model: model.save(),
      known: [...known],
      aliases: [...aliases],
      kinds: [...kinds],
    };
    return toSaved(structuredClone(saved));
  }

  load(json: Json): SessionState {
    const { sessions, model, known, aliases, kinds, ...rest } = fromSaved<Saved>(structuredClone(json));
    const open = new OpenSessions(this.#options);
    open.load(sessions);
    const maps = { known: new Map(known), aliases: new Map(aliases), kinds: new Map(kinds) };
    return { ...rest, sessions: open, model: SessionModel.load(model), ...maps };
  }

  #add(state: SessionState, entity: string, pattern: string, { time, event }: EventSignal): void {
    if (state.sessions.isStraggler(entity, time)) {
      state.stragglers += 1;
      return;
    }
    if (!state.known.has(pattern)) {
      state.known.set(pattern, { text: event.text.slice(0, longestText), group: event.group_id });
      evictOldest(state.known, mostKnown);
    }
    state.sessions.add(entity, pattern, time, time < state.began! + this.#options.idle);
  }

  #judge(state: SessionState, session: OpenSession, at: number, emit: Emit<FindingSignal | SessionSignal>): void {
    const counts = mergeAliases(session.counts, state.aliases);
    const score = state.model.score(counts);
    const isUnusual = score.bits >= this.#options.threshold && state.model.sessions >= this.#options.minSessions;
    const { record } = this.#options;
    if (record === 'all' || (record === 'unusual' && isUnusual)) emit(this.#record(state, session, score, at, isUnusual));
    if (isUnusual) emit(this.#describe(this.#open(state, session, score, at), 'firing', at));
    state.model.learn(counts, score);
  }

  #record(state: SessionState, session: OpenSession, score: SessionScore, time: number, unusual: boolean): SessionSignal {
    return { kind: 'session', time, key: session.entity, session: { ...this.#explain(state, session, score), unusual } };
  }

  #explain({ known, model }: SessionState, { entity, first, last, events }: OpenSession, { bits, tail, set, parts }: SessionScore) {
    return {
      entity,
      bits,
      threshold: this.#options.threshold,
      tail,
      set,
      events,
      start: toIso(first),
      end: toIso(last),
      parts: parts.slice(0, shown).map((part) => ({ ...part, text: known.get(part.pattern)?.text ?? part.pattern })),
      learned: model.sessions,
    };
  }

  /** The finding an unusual session belongs to: that of its strangest pattern, or of its combination. */
  #open(state: SessionState, session: OpenSession, score: SessionScore, at: number): OpenKind {
    const [first] = score.parts;
    // Where one pattern is nearly as strange as the whole, it is what there is to say.
    const strange = first && first.bits + 2 >= score.set ? first : undefined;
    const name = strange ? `${strange.direction}\0${strange.pattern}` : 'combination';
    const explained = this.#explain(state, session, score);
    const before = state.kinds.get(name);
    const about = strange && state.known.get(strange.pattern);
    const kind: OpenKind = {
      id: before?.id ?? digest(`sessions\0${name}\0${at}`),
      since: before?.since ?? session.first,
      until: at + this.#options.clear,
      group: before?.group ?? about?.group ?? 'sessions',
      title:
        before?.title ??
        (strange ? `sessions with ${describePart(strange.direction)} ${about?.text ?? strange.pattern}` : 'sessions of a rare combination'),
      result: {
        ...explained,
        unusual: (before?.result.unusual ?? 0) + 1,
        entities: [...new Set([session.entity, ...(before?.result.entities ?? [])])].slice(0, shown),
      },
    };
    state.kinds.delete(name);
    state.kinds.set(name, kind);
    evictOldest(state.kinds, mostKinds);
    return kind;
  }

  #describe({ id, since, group, title, result }: OpenKind, state: FindingState, time: number): FindingSignal {
    const finding = makeFinding({
      id,
      rule: 'sessions',
      type: 'session',
      state,
      severity: this.#options.severity,
      group,
      title,
      since,
      updated: time,
      result,
    });
    return { kind: 'finding', time, key: group, finding };
  }
}

const describePart = (direction: string): string => ({ missing: 'no', more: 'more of', fewer: 'fewer of' })[direction] ?? 'a new';

/** Counts under the ids that patterns have now. */
function mergeAliases(counts: ReadonlyMap<string, number>, aliases: ReadonlyMap<string, string>): Map<string, number> {
  const merged = new Map<string, number>();
  for (const [pattern, count] of counts) {
    let id = pattern;
    for (let hops = 0; hops < 16 && aliases.has(id); hops += 1) id = aliases.get(id)!;
    merged.set(id, (merged.get(id) ?? 0) + count);
  }
  return merged;
}
