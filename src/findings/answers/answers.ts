import { fromSaved, toSaved } from '../../base/saved.ts';
import { setNewest } from '../../base/evictOldest.ts';
import { toIso, type Json } from '../../event.ts';
import type { Answer, Standing } from '../../results/standing.ts';
import type { Blip, Finding, Mark } from '../../signal.ts';
import { withStanding } from '../makeFinding.ts';
import { makeMaintenance, makeSilenceMatcher, type Maintenance } from './maintenance.ts';
import { isBroken, startSilence, type Silence } from './silence.ts';

/** Answers of each kind that are kept; the oldest go first. */
const most = 1000;
const mostNotes = 8;

/** Whose answers concern a finding: its own, its pattern's and its group's; of an episode, which is of several groups, its own. */
const listTargets = ({ id, type, topic_id: topic, template_id: template, group_id: group }: Finding): string[] =>
  type === 'episode' ? [id] : [...new Set([id, template ?? id, topic ?? id, group])];

interface Saved {
  acks: Mark[];
  silences: Silence[];
  notes: Mark[];
  resolved: [string, Mark][];
}

/**
 * What people have answered, applied to findings: acks, silences, notes, and what they declared over. Without a clock:
 * `now` is event time in milliseconds. An ack without an end lasts until what it was about is resolved.
 */
export class Answers {
  readonly #acks = new Map<string, Mark>();
  readonly #silences = new Map<string, Silence>();
  /** What silences by groups, labels and schedule are made of, by the mark. */
  readonly #compiled = new WeakMap<Mark, CompiledSilence>();
  readonly #notes = new Map<string, Mark[]>();
  /** Findings that a person declared over, by id. */
  readonly #resolved = new Map<string, Mark>();
  /** Next time at which an answer begins or ends; null when none does. */
  due: number | null = null;

  /** Takes an answer. The same mark again changes nothing. `open` are findings it can be about. */
  take(mark: Mark, now: number, open: Iterable<Finding>): void {
    const { type, target } = mark;
    if (type === 'ack') {
      const known = this.#acks.get(target);
      if (!known || known.at <= mark.at) bounded(this.#acks, target, mark);
    } else if (type === 'silence') {
      // Another tool may have ended it early, or made it longer: the same silence with another end.
      if (this.#silences.get(mark.id)?.mark.until !== mark.until || !this.#silences.has(mark.id))
        bounded(this.#silences, mark.id, startSilence(mark, now));
    } else if (type === 'resolve') {
      for (const finding of open) if (listTargets(finding).includes(target)) bounded(this.#resolved, finding.id, mark);
    }
    if (type === 'note') this.#note(mark);
    this.settle(now);
  }

  /** Looks at a pattern for those silences that end by what it does. True when one has ended. */
  watch(blip: Blip, open: Iterable<Finding>): boolean {
    let ended = false;
    for (const [id, silence] of this.#silences) {
      if (silence.state === null || !isAbout(silence.target, blip, open) || !isBroken(silence, blip)) continue;
      this.#silences.delete(id);
      ended = true;
    }
    return ended;
  }

  /** Lets go of what has ended by this time. */
  settle(now: number): void {
    this.due = null;
    for (const [target, { until }] of this.#acks) if (!this.#lasts(until, now)) this.#acks.delete(target);
    for (const [id, { mark, from, until }] of this.#silences) {
      if (until !== null && until <= now) this.#silences.delete(id);
      else
        for (const time of [from, until, this.#compile(mark).when?.edge(now) ?? null])
          if (time !== null && time > now) this.due = Math.min(this.due ?? time, time);
    }
  }

  /** The finding as people's answers leave it: acked, silenced, with their notes; the same object when there are none. */
  apply(finding: Finding, now: number): Finding {
    const targets = listTargets(finding);
    const standing: Standing = {};
    const over = this.#resolved.get(finding.id);
    const ack = over ? undefined : latest(targets.flatMap((target) => this.#acks.get(target) ?? []));
    if (over) standing.resolved_by = readAnswer(over);
    if (ack) standing.acked = readAnswer(ack);
    const silenced = this.silencedUntil(targets, now, finding);
    if (silenced !== null) standing.silenced_until = silenced;
    const notes = targets.flatMap((target) => this.#notes.get(target) ?? []);
    if (notes.length > 0) standing.notes = notes.map(readAnswer);
    if (Object.keys(standing).length === 0) return finding;
    const state = over ? 'resolved' : ack && finding.state === 'firing' ? 'acked' : finding.state;
    return withStanding({ ...finding, state }, standing);
  }

  /** Whether a person has declared this finding over. */
  isOver(id: string): boolean {
    return this.#resolved.has(id);
  }

  /** A finding is resolved: an ack that was to last until then has ended. */
  forget(finding: Finding): void {
    this.#resolved.delete(finding.id);
    for (const target of listTargets(finding)) {
      if (target !== finding.group_id && this.#acks.get(target)?.until === undefined) this.#acks.delete(target);
    }
  }

  /** Notes on something, oldest first. */
  notesOn(target: string): readonly Mark[] {
    return this.#notes.get(target) ?? [];
  }

  /** What was answered to one pattern holds for another in its place, too. */
  succeed(from: string, to: string): void {
    const ack = this.#acks.get(from);
    if (ack && !this.#acks.has(to)) bounded(this.#acks, to, { ...ack, target: to });
    for (const [id, silence] of [...this.#silences]) {
      const moved = `${id}\0${to}`;
      if (silence.target !== from || this.#silences.has(moved)) continue;
      bounded(this.#silences, moved, { ...silence, target: to, mark: { ...silence.mark, id: moved, target: to } });
    }
    for (const note of this.#notes.get(from) ?? []) this.#note({ ...note, target: to });
  }

  save(): Json {
    return toSaved({
      acks: [...this.#acks.values()],
      silences: [...this.#silences.values()],
      notes: [...this.#notes.values()].flat(),
      resolved: [...this.#resolved],
    });
  }

  static load(json: Json, now: number): Answers {
    const { acks, silences, notes, resolved } = fromSaved<Saved>(structuredClone(json));
    const answers = new Answers();
    for (const ack of acks) answers.#acks.set(ack.target, ack);
    for (const silence of silences) answers.#silences.set(silence.mark.id, silence);
    for (const note of notes) answers.#note(note);
    for (const [id, mark] of resolved) answers.#resolved.set(id, mark);
    answers.settle(now);
    return answers;
  }

  #note(mark: Mark): void {
    const known = this.#notes.get(mark.target) ?? [];
    if (known.some(({ id }) => id === mark.id)) return;
    bounded(this.#notes, mark.target, [...known, mark].slice(-mostNotes));
  }

  /** Whether an end lies ahead; if so it is remembered as a time to look again. */
  #lasts(until: string | undefined, now: number): boolean {
    if (until === undefined) return true;
    const end = Date.parse(until);
    if (end <= now) return false;
    this.due = Math.min(this.due ?? end, end);
    return true;
  }

  /** End of the silence that lasts longest: a time, a state, or null when there is none in force. */
  silencedUntil(targets: readonly string[], now: number, finding?: Finding): string | null {
    let last: number | null = null;
    for (const { mark, target, from, until, state } of this.#silences.values()) {
      if ((from !== null && from > now) || (until !== null && now >= until)) continue;
      const { is, when } = this.#compile(mark);
      if (is ? !finding || !is(finding) : !targets.includes(target)) continue;
      const ends = when ? when.until(now) : until;
      if (when && ends === null) continue;
      if (ends === null) return state;
      last = Math.max(last ?? ends, ends);
    }
    return last === null ? null : toIso(last);
  }

  #compile(mark: Mark): CompiledSilence {
    let known = this.#compiled.get(mark);
    if (!known) {
      const { match, schedule } = mark;
      this.#compiled.set(
        mark,
        (known = { is: match ? makeSilenceMatcher(match) : null, when: schedule ? makeMaintenance(schedule) : null }),
      );
    }
    return known;
  }
}

interface CompiledSilence {
  is: ((finding: Finding) => boolean) | null;
  when: Maintenance | null;
}

function bounded<T>(map: Map<string, T>, key: string, value: T): void {
  setNewest(map, key, value, most);
}

function isAbout(target: string, { template_id: template, topic_id: topic, group_id: group }: Blip, open: Iterable<Finding>): boolean {
  if (target === template || target === topic || target === group) return true;
  for (const finding of open)
    if (finding.id === target && (finding.template_id === undefined ? finding.topic_id === topic : finding.template_id === template))
      return true;
  return false;
}

const latest = (marks: readonly Mark[]): Mark | undefined =>
  marks.reduce<Mark | undefined>((a, b) => (a && a.at >= b.at ? a : b), undefined);

/** An answer as a finding's result holds it. */
function readAnswer({ who, at, until, text, link, via }: Mark): Answer {
  return {
    who,
    at,
    ...(until === undefined ? {} : { until }),
    ...(text === undefined ? {} : { note: text }),
    ...(link === undefined ? {} : { link }),
    ...(via === undefined ? {} : { via }),
  };
}
