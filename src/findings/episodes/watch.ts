import type { Json } from '../../event.ts';
import type { Blip, Finding, Mark, RadarSignal, Signal } from '../../signal.ts';
import { groupIn, hadData, isBlind, type Group } from '../rules/groups.ts';
import { Teller, type EmitFinding } from '../rules/teller.ts';
import { Windows } from '../rules/windows.ts';
import { findingOf, head, said, type Episode } from './episode.ts';
import { Gathering } from './gather.ts';
import { Held, type HeldFinding } from './held.ts';
import { findingMember, follow, memberOf, moves, rank, settle, type Member } from './member.ts';
import type { Options } from './options.ts';
import { noteOn, pastOf, type PastEpisode } from './past.ts';

interface Saved {
  now: number | null;
  open: Episode[];
  candidates: Member[];
  held: { waiting: HeldFinding[]; told: string[] };
  past: PastEpisode[];
  groups: [string, Group][];
  windows: [number, number][];
  teller: Json;
}

/** Watches what moves, and tells of what moves together. One watch for all groups. */
export class Watch {
  readonly #options: Options;
  readonly #gathering: Gathering;
  readonly #held: Held;
  readonly #teller = new Teller();
  readonly #windows = new Windows();
  readonly #groups = new Map<string, Group>();
  #past: PastEpisode[] = [];
  #now: number | null = null;
  #emit: EmitFinding = () => {};

  constructor(options: Options) {
    this.#options = options;
    this.#gathering = new Gathering(options);
    this.#held = new Held(options.groupWait);
  }

  /** Takes a signal. Findings are handed on, those that begin to fire after they have waited; the caller hands on all else, radars after this. */
  take(signal: Signal, emit: EmitFinding): void {
    this.#emit = emit;
    if (signal.kind !== 'mark' && (this.#now === null || signal.time > this.#now)) this.#now = signal.time;
    if (signal.kind === 'blip') this.#blip(signal.blip, signal.time);
    else if (signal.kind === 'radar') this.#radar(signal);
    else if (signal.kind === 'finding') this.#finding(signal.finding, signal.time);
    else if (signal.kind === 'mark') this.#mark(signal.mark, this.#now ?? signal.time);
  }

  due(): number | null {
    const { repeatInterval } = this.#options;
    let due = least(least(this.#held.due, this.#windows.due), this.#teller.due);
    for (const { told, due: first } of this.#gathering.open) {
      if (told === null) due = least(due, first);
      else if (repeatInterval > 0) due = least(due, told + repeatInterval);
    }
    return due;
  }

  tick(time: number, emit: EmitFinding): void {
    this.#emit = emit;
    if (this.#now === null || time > this.#now) this.#now = time;
    const { repeatInterval } = this.#options;
    for (const episode of this.#gathering.open) {
      if (episode.told === null && episode.due <= time) this.#tell(episode, time);
      else if (episode.told !== null && repeatInterval > 0 && episode.told + repeatInterval <= time) {
        episode.told = time;
        episode.repeats += 1;
        this.#tell(episode, time);
      }
    }
    this.#closeWindows(time);
    for (const finding of this.#held.release(time)) this.#handOn(finding, time);
    if (this.#teller.due !== null && this.#teller.due <= time) this.#teller.retell(this.#findings(time), time, emit);
  }

  /** The input is complete: nobody else will come, and the windows that blips came in are over. */
  end(emit: EmitFinding): void {
    this.#emit = emit;
    const now = this.#now ?? 0;
    for (const episode of this.#gathering.open) if (episode.told === null) this.#tell(episode, now);
    const { due } = this.#windows;
    if (due !== null && due <= now + 1) this.#closeWindows(due);
    for (const finding of this.#held.release(Number.POSITIVE_INFINITY)) this.#handOn(finding, now);
  }

  save(): Json {
    const saved: Saved = {
      now: this.#now,
      open: this.#gathering.open,
      candidates: [...this.#gathering.candidates.values()],
      held: this.#held.save(),
      past: this.#past,
      groups: [...this.#groups],
      windows: this.#windows.save(),
      teller: this.#teller.save(),
    };
    return structuredClone(saved) as unknown as Json;
  }

  static load(json: Json, options: Options): Watch {
    const { now, open, candidates, held, past, groups, windows, teller } = structuredClone(json) as unknown as Saved;
    const watch = new Watch(options);
    watch.#now = now;
    watch.#gathering.open = open;
    for (const one of candidates) watch.#gathering.candidates.set(one.id, one);
    watch.#held.load(held);
    watch.#past = past;
    for (const [name, group] of groups) watch.#groups.set(name, group);
    watch.#windows.load(windows);
    watch.#teller.load(teller, now ?? Number.MIN_SAFE_INTEGER);
    return watch;
  }

  #blip(blip: Blip, now: number): void {
    const end = Date.parse(blip.end);
    const width = end - Date.parse(blip.start);
    this.#windows.see(width, end);
    if (!blip.open && blip.count > 0) hadData(groupIn(this.#groups, blip.group_id, this.#options.maxGroups), end, width);
    this.#teller.watch(blip, () => this.#findings(now), now, this.#emit);
    const known = this.#gathering.find(blip.topic_id);
    if (known) {
      const { state } = known.member;
      follow(known.member, blip);
      known.member.width = width;
      if (known.episode && known.episode.told !== null && state !== known.member.state) this.#tell(known.episode, now);
    } else if (moves(blip, this.#options)) this.#add(memberOf(blip, now), now);
  }

  /**
   * A radar knows what moved beside each pattern, and so how much it stands out. With that of a closed window the window
   * is over for us too: who shows both shows them as of the same time.
   */
  #radar({ radar, time }: RadarSignal): void {
    for (const blip of this.#gathering.open.length > 0 ? radar.blips : []) {
      const known = this.#gathering.find(blip.topic_id);
      if (known) known.member.peakScore = Math.max(known.member.peakScore, blip.score);
    }
    if (!radar.open) this.#closeWindows(time);
  }

  #finding(finding: Finding, now: number): void {
    if (finding.type !== 'episode' && finding.state !== 'pending') this.#meet(finding, now);
    for (const told of this.#held.take(finding, now)) this.#handOn(told, now);
  }

  /** A finding is a member of its own, or says how grave its pattern is. */
  #meet(finding: Finding, now: number): void {
    const id = finding.topic_id ?? finding.id;
    const known = this.#gathering.find(id);
    if (finding.state === 'resolved') {
      if (!known || known.member.kind === 'pattern') return;
      known.member.calm = true;
      this.#gathering.candidates.delete(id);
      // Where no windows are told of, nothing else would look at it.
      if (known.episode?.members.every(({ calm, kind }) => calm && kind === 'finding')) this.#resolve(known.episode, now);
      return;
    }
    if (!known) this.#add({ ...findingMember(finding), id }, now);
    else if (rank[finding.severity] > rank[known.member.severity]) known.member.severity = finding.severity;
  }

  #add(member: Member, now: number): void {
    const episode = this.#gathering.add(member, now);
    if (episode && episode.told !== null) this.#tell(episode, now);
    else if (episode && this.#options.groupWait === 0) this.#tell(episode, now);
  }

  #closeWindows(time: number): void {
    const needed = (width: number) => this.#gathering.open.some(({ members }) => members.some((member) => member.width === width));
    for (const { width, end } of this.#windows.over(time, needed)) {
      for (const episode of [...this.#gathering.open]) this.#lookAt(episode, width, end, time);
    }
  }

  /** Looks at the members of an episode once a window is over. Of a group that is silent against its habit nothing is known. */
  #lookAt(episode: Episode, width: number, end: number, now: number): void {
    const mine = episode.members.filter((member) => member.width === width);
    if (mine.length === 0) return;
    for (const member of mine) {
      const group = this.#groups.get(member.group);
      if (!group || !isBlind(group, end, width)) settle(member, end);
    }
    episode.clear = episode.members.every(({ calm }) => calm) ? episode.clear + 1 : 0;
    if (episode.clear >= this.#options.clearAfter) this.#resolve(episode, now);
    else if (episode.told !== null && said(episode) !== episode.said) this.#tell(episode, now);
  }

  #resolve(episode: Episode, now: number): void {
    this.#gathering.open = this.#gathering.open.filter((one) => one !== episode);
    this.#past.push(pastOf(episode, now, head(episode).label, this.#teller.notesOn(episode.id)));
    if (this.#past.length > this.#options.remember) this.#past.shift();
    // What was over before anybody was told of it is remembered, and is no news.
    if (episode.told !== null) this.#teller.tell(this.#findingOf(episode, now, 'resolved'), now, this.#emit);
  }

  #mark(mark: Mark, now: number): void {
    const past = mark.type === 'change' ? undefined : this.#past.find(({ id }) => id === mark.target);
    if (past) noteOn(past, mark);
    this.#teller.take(mark, () => this.#findings(now), now, this.#emit);
  }

  /** A finding goes on, with the episode it is part of: that is what people are told. */
  #handOn(finding: Finding, now: number): void {
    const episode = finding.type === 'episode' ? null : this.#gathering.find(finding.topic_id ?? finding.id)?.episode;
    const told = episode ? { ...finding, result: { ...finding.result, episode: { id: episode.id } } } : finding;
    this.#emit({ kind: 'finding', time: now, key: finding.group_id, finding: told });
  }

  #tell(episode: Episode, now: number): void {
    episode.told ??= now;
    episode.said = said(episode);
    this.#teller.tell(this.#findingOf(episode, now), now, this.#emit);
  }

  /** Episodes that have been told. */
  #findings(now: number): Finding[] {
    return this.#gathering.open.filter(({ told }) => told !== null).map((episode) => this.#findingOf(episode, now));
  }

  #findingOf(episode: Episode, now: number, state: 'firing' | 'resolved' = 'firing'): Finding {
    const { clearAfter, changesBefore } = this.#options;
    const finding = findingOf(episode, state, {
      now,
      clearAfter,
      changes: this.#teller.changesWithin(episode.since - changesBefore, now),
      past: this.#past.filter(({ id }) => id !== episode.id),
    });
    // Nobody wants to be told of what is silenced one by one, only because it moves together.
    const silences = episode.members.map(({ id, group }) => this.#teller.silencedUntil([id, group], now));
    if (silences.includes(null)) return finding;
    return { ...finding, result: { ...finding.result, silenced_until: silences.toSorted()[0]! } };
  }
}

const least = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.min(a, b));
