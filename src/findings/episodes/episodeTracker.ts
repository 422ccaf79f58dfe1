// One file, because the life of an episode, from first member to end, is one machine.
import { fromSaved, toSaved } from '../../base/saved.ts';
import type { Json } from '../../event.ts';
import type { Blip, Finding, Mark, RadarSignal, Signal } from '../../signal.ts';
import { groupIn, hadData, isBlind, type Group } from '../windows/groups.ts';
import { Announcer, type EmitFinding } from '../answers/announcer.ts';
import { Windows } from '../windows/windows.ts';
import { describeEpisode, entitle, head, summarize, type Episode } from './episode.ts';
import { EpisodeGrouping } from './grouping.ts';
import { WaitingFindings, type WaitingFinding } from './waiting.ts';
import { findingMember, follow, isLearnedAnew, startMember, moves, rank, settle, type Member } from './member.ts';
import { isBeyondBudget } from '../byChance.ts';
import { withStanding } from '../makeFinding.ts';
import type { Options } from './options.ts';
import { noteLearned, type Pace } from './pace.ts';
import { noteOn, rememberEpisode, type PastEpisode } from './pastEpisode.ts';

interface Saved {
  now: number | null;
  open: Episode[];
  candidates: Member[];
  held: { waiting: WaitingFinding[]; told: string[] };
  past: PastEpisode[];
  groups: [string, Group][];
  windows: [number, number][];
  teller: Json;
  /** Absent in what older releases saved. */
  pace?: Pace;
}

/** Follows what moves, and announces what moves together. One tracker for all groups. */
export class EpisodeTracker {
  readonly #options: Options;
  readonly #grouping: EpisodeGrouping;
  readonly #waiting: WaitingFindings;
  readonly #announcer = new Announcer();
  readonly #windows = new Windows();
  readonly #groups = new Map<string, Group>();
  #past: PastEpisode[] = [];
  #now: number | null = null;
  #emit: EmitFinding = () => {};

  constructor(options: Options) {
    this.#options = options;
    this.#grouping = new EpisodeGrouping(options);
    this.#waiting = new WaitingFindings(options.groupWait);
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
    let due = least(least(this.#waiting.due, this.#windows.due), this.#announcer.due);
    for (const { emitted, due: first } of this.#grouping.open) {
      if (emitted === null) due = least(due, first);
      else if (repeatInterval > 0) due = least(due, emitted + repeatInterval);
    }
    return due;
  }

  tick(time: number, emit: EmitFinding): void {
    this.#emit = emit;
    if (this.#now === null || time > this.#now) this.#now = time;
    const { repeatInterval } = this.#options;
    for (const episode of this.#grouping.open) {
      if (episode.emitted === null && episode.due <= time) this.#announce(episode, time);
      else if (episode.emitted !== null && repeatInterval > 0 && episode.emitted + repeatInterval <= time) {
        episode.emitted = time;
        episode.repeats += 1;
        this.#announce(episode, time);
      }
    }
    this.#closeWindows(time);
    for (const finding of this.#waiting.release(time)) this.#handOn(finding, time);
    if (this.#announcer.due !== null && this.#announcer.due <= time) this.#announcer.announceChanged(this.#findings(time), time, emit);
  }

  /** The input is complete: nobody else will come, and the windows that blips came in are over. */
  end(emit: EmitFinding): void {
    this.#emit = emit;
    const now = this.#now ?? 0;
    for (const episode of this.#grouping.open) if (episode.emitted === null) this.#announce(episode, now);
    const { due } = this.#windows;
    if (due !== null && due <= now + 1) this.#closeWindows(due);
    for (const finding of this.#waiting.release(Number.POSITIVE_INFINITY)) this.#handOn(finding, now);
  }

  save(): Json {
    const saved: Saved = {
      now: this.#now,
      open: this.#grouping.open,
      candidates: [...this.#grouping.candidates.values()],
      held: this.#waiting.save(),
      past: this.#past,
      groups: [...this.#groups],
      windows: this.#windows.save(),
      teller: this.#announcer.save(),
      pace: this.#grouping.pace,
    };
    return toSaved(structuredClone(saved));
  }

  static load(json: Json, options: Options): EpisodeTracker {
    const { now, open, candidates, held, past, groups, windows, teller, pace } = fromSaved<Saved>(structuredClone(json));
    const tracker = new EpisodeTracker(options);
    tracker.#now = now;
    tracker.#grouping.open = open;
    for (const one of candidates) tracker.#grouping.candidates.set(one.id, one);
    tracker.#waiting.load(held);
    tracker.#past = past;
    if (pace) tracker.#grouping.pace = pace;
    for (const [name, group] of groups) tracker.#groups.set(name, group);
    tracker.#windows.load(windows);
    tracker.#announcer.load(teller, now ?? Number.MIN_SAFE_INTEGER);
    return tracker;
  }

  #blip(blip: Blip, now: number): void {
    if (blip.partial) return;
    const end = Date.parse(blip.end);
    const width = end - Date.parse(blip.start);
    this.#windows.see(width, end);
    if (!blip.open && blip.count > 0) hadData(groupIn(this.#groups, blip.group_id, this.#options.maxGroups), end, width);
    this.#announcer.watch(blip, () => this.#findings(now), now, this.#emit);
    this.#waiting.refresh(blip, now);
    const known = this.#grouping.find(blip.template_id, blip.topic_id);
    if (known) {
      const { state } = known.member;
      follow(known.member, blip);
      known.member.width = width;
      if (known.episode && known.episode.emitted !== null && state !== known.member.state) this.#announce(known.episode, now);
    } else if (moves(blip, this.#options)) this.#add(startMember(blip, now), now);
    else if (isLearnedAnew(blip)) noteLearned(this.#grouping.pace, now);
  }

  /**
   * A radar knows what moved beside each pattern, and so how much it stands out. With that of a closed window the window
   * is over for us too: who shows both shows them as of the same time.
   */
  #radar({ radar, time }: RadarSignal): void {
    for (const blip of this.#grouping.open.length > 0 ? radar.blips : []) {
      for (const { template_id: id, score } of blip.members ?? [blip]) {
        const known = this.#grouping.find(id, blip.topic_id);
        if (known) known.member.peakScore = Math.max(known.member.peakScore, score);
      }
    }
    if (!radar.open) this.#closeWindows(time);
  }

  #finding(finding: Finding, now: number): void {
    const isMember =
      finding.type !== 'episode' &&
      finding.state !== 'pending' &&
      finding.result.settling === undefined &&
      finding.result.usual_at === undefined &&
      // What may be nothing, and is only shown, makes no episode of what is beside it.
      !(finding.type === 'rule' && finding.result.hours_unknown) &&
      finding.result.steady === undefined &&
      !isBeyondBudget(finding);
    if (isMember) this.#meet(finding, now);
    for (const ready of this.#waiting.take(finding, now)) this.#handOn(ready, now);
  }

  /** A finding is a member of its own, or says how grave its pattern is. */
  #meet(finding: Finding, now: number): void {
    const id = finding.template_id ?? finding.topic_id ?? finding.id;
    const known = this.#grouping.find(id, finding.topic_id);
    if (finding.state === 'resolved') {
      if (!known || known.member.kind === 'pattern') return;
      known.member.calm = true;
      this.#grouping.candidates.delete(id);
      // Where no windows are known, nothing else would look at it.
      if (known.episode?.members.every(({ calm, kind }) => calm && kind === 'finding')) this.#resolve(known.episode, now);
      return;
    }
    if (!known) this.#add({ ...findingMember(finding), id }, now);
    else if (rank[finding.severity] > rank[known.member.severity]) known.member.severity = finding.severity;
  }

  #add(member: Member, now: number): void {
    const episode = this.#grouping.add(member, now);
    if (episode && episode.emitted !== null) this.#announce(episode, now);
    else if (episode && this.#options.groupWait === 0) this.#announce(episode, now);
  }

  #closeWindows(time: number): void {
    const { open, candidates } = this.#grouping;
    const needed = (width: number) =>
      [...open.flatMap(({ members }) => members), ...candidates.values()].some((member) => member.width === width);
    for (const { width, end } of this.#windows.over(time, needed)) {
      for (const episode of [...this.#grouping.open]) this.#lookAt(episode, width, end, time);
      for (const [id, member] of candidates) {
        if (member.width !== width) continue;
        this.#settle(member, end);
        if (member.calm && member.at < end - this.#options.window) candidates.delete(id);
      }
    }
  }

  #settle(member: Member, end: number): void {
    const group = this.#groups.get(member.group);
    if (!group || !isBlind(group, end, member.width)) settle(member, end);
  }

  /** Looks at the members of an episode once a window is over. Of a group that is silent against its habit nothing is known. */
  #lookAt(episode: Episode, width: number, end: number, now: number): void {
    const mine = episode.members.filter((member) => member.width === width);
    if (mine.length === 0) return;
    for (const member of mine) this.#settle(member, end);
    episode.clear = episode.members.every(({ calm }) => calm) ? episode.clear + 1 : 0;
    if (episode.clear >= this.#options.clearAfter) this.#resolve(episode, now);
    else if (episode.emitted !== null && summarize(episode) !== episode.summary) this.#announce(episode, now);
  }

  #resolve(episode: Episode, now: number): void {
    this.#grouping.open = this.#grouping.open.filter((one) => one !== episode);
    const change = this.#announcer.changesWithin(episode.since - this.#options.changesBefore, episode.since).at(-1);
    const changed = change ? episode.since - change.at : null;
    this.#past.push(rememberEpisode(episode, now, head(episode).label, { notes: this.#announcer.notesOn(episode.id), changed }));
    if (this.#past.length > this.#options.remember) this.#past.shift();
    // What was over before it was emitted is remembered, and is no news.
    if (episode.emitted !== null) this.#announcer.announce(this.#describe(episode, now, 'resolved'), now, this.#emit);
  }

  #mark(mark: Mark, now: number): void {
    // What a model guessed is shown, and answers nothing.
    if (mark.type === 'guess') return;
    const past = mark.type === 'change' ? undefined : this.#past.find(({ id }) => id === mark.target);
    if (past) noteOn(past, mark);
    this.#announcer.take(mark, () => this.#findings(now), now, this.#emit);
  }

  /** A finding goes on, with the episode it is part of: that is what people are sent. */
  #handOn(finding: Finding, now: number): void {
    const episode =
      finding.type === 'episode'
        ? null
        : this.#grouping.find(finding.template_id ?? finding.topic_id ?? finding.id, finding.topic_id)?.episode;
    const placed = episode ? withStanding(finding, { episode: { id: episode.id } }) : finding;
    this.#emit({ kind: 'finding', time: now, key: finding.group_id, finding: placed });
  }

  #announce(episode: Episode, now: number): void {
    episode.emitted ??= now;
    entitle(episode);
    episode.summary = summarize(episode);
    this.#announcer.announce(this.#describe(episode, now), now, this.#emit);
  }

  /** Episodes that have been emitted. */
  #findings(now: number): Finding[] {
    return this.#grouping.open.filter(({ emitted }) => emitted !== null).map((episode) => this.#describe(episode, now));
  }

  #describe(episode: Episode, now: number, state: 'firing' | 'resolved' = 'firing'): Finding {
    const { clearAfter, changesBefore } = this.#options;
    const finding = describeEpisode(episode, state, {
      now,
      clearAfter,
      changes: this.#announcer.changesWithin(episode.since - changesBefore, now),
      allChanges: this.#announcer.changesWithin(Number.NEGATIVE_INFINITY, now),
      past: this.#past.filter(({ id }) => id !== episode.id),
    });
    // What is silenced one by one is silenced together.
    const silences = episode.members.map(({ id, group }) => this.#announcer.silencedUntil([id, group], now));
    if (silences.includes(null)) return finding;
    return withStanding(finding, { silenced_until: silences.toSorted()[0]! });
  }
}

const least = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.min(a, b));
