import { toIso, type Json } from '../../event.ts';
import { withStanding } from '../makeFinding.ts';
import type { Blip, Finding, FindingSignal, Mark } from '../../signal.ts';
import { Answers } from './answers.ts';
import { Changes, type Change } from './changes.ts';

export type EmitFinding = (signal: FindingSignal) => void;

type Saved = {
  answers: Json;
  changes?: Json;
  /** What was emitted. */
  told: [string, string][];
};

/** Emits findings with what people answered about them and what was changed before them, and emits them again when that changes. */
export class Announcer {
  #answers = new Answers();
  readonly #changes = new Changes();
  /** What was last emitted of people's answers, by finding. */
  readonly #emitted = new Map<string, string>();

  /** When an answer next begins or ends. */
  get due(): number | null {
    return this.#answers.due;
  }

  /** Hands a finding on as people's answers leave it. What a person has declared over is emitted once, and not again when it really is. */
  announce(finding: Finding, now: number, emit: EmitFinding): void {
    const answered = this.#apply(finding, now);
    const answer = writeAnswers(answered);
    const isKnown = this.#answers.isOver(finding.id) && this.#emitted.get(finding.id) === answer;
    if (finding.state === 'resolved') {
      this.#emitted.delete(finding.id);
      this.#answers.forget(finding);
    } else if (answer === '') this.#emitted.delete(finding.id);
    else this.#emitted.set(finding.id, answer);
    if (!isKnown) emit({ kind: 'finding', time: now, key: finding.group_id, finding: answered });
  }

  /** Emits those open findings again about which something else holds now than when they were last emitted. */
  announceChanged(open: Iterable<Finding>, now: number, emit: EmitFinding): void {
    this.#answers.settle(now);
    for (const finding of [...open]) {
      if (writeAnswers(this.#apply(finding, now)) !== (this.#emitted.get(finding.id) ?? ''))
        this.announce(updatedAt(finding, now), now, emit);
    }
  }

  /** Takes what a person answers to the open findings, or of a change, and emits those that it changes. */
  take(mark: Mark, open: () => Iterable<Finding>, now: number, emit: EmitFinding): void {
    if (mark.type === 'change') this.#changes.take(mark);
    else this.#answers.take(mark, now, open());
    this.announceChanged(open(), now, emit);
  }

  /** Looks at a pattern for the silences that end by what it does. */
  watch(blip: Blip, open: () => Iterable<Finding>, now: number, emit: EmitFinding): void {
    if (this.#answers.watch(blip, open())) this.announceChanged(open(), now, emit);
  }

  /** End of the silence over one of these: a time, a state, or null when there is none in force. */
  silencedUntil(targets: readonly string[], now: number): string | null {
    return this.#answers.silencedUntil(targets, now);
  }

  /** What people answered of one pattern holds of another that goes on in its place. */
  succeed(from: string, to: string): void {
    this.#answers.succeed(from, to);
  }

  notesOn(target: string): readonly Mark[] {
    return this.#answers.notesOn(target);
  }

  /** Changes from one time to another, both included, oldest first. */
  changesWithin(from: number, to: number): Change[] {
    return this.#changes.within(from, to);
  }

  save(): Json {
    return { answers: this.#answers.save(), changes: this.#changes.save(), told: [...this.#emitted] };
  }

  load(json: Json, now: number): void {
    const { answers, changes, told: emitted } = json as Saved;
    this.#answers = Answers.load(answers, now);
    if (changes) this.#changes.load(changes);
    for (const [id, answer] of emitted) this.#emitted.set(id, answer);
  }

  #apply(finding: Finding, now: number): Finding {
    const answered = this.#answers.apply(finding, now);
    const change = this.#changes.before(finding);
    return change ? withStanding(answered, { change }) : answered;
  }
}

/** A finding that is emitted again, at its own time if that is later. */
const updatedAt = (finding: Finding, now: number): Finding =>
  Date.parse(finding.updated) < now ? { ...finding, updated: toIso(now) } : finding;

/** The answers to a finding, as text to compare; '' when there are none. */
function writeAnswers({ result: { acked, silenced_until: silenced, notes, resolved_by: over, change } }: Finding): string {
  const all = [acked, silenced, notes, over, change];
  return all.every((one) => one === undefined) ? '' : JSON.stringify(all.map((one) => one ?? null));
}
