import { isoOf, type Json } from '../../event.ts';
import type { Blip, Finding, FindingSignal, Mark } from '../../signal.ts';
import { Answers } from './answers.ts';
import { Changes, type Change } from './changes.ts';

export type EmitFinding = (signal: FindingSignal) => void;

interface Saved {
  answers: Json;
  changes?: Json;
  told: [string, string][];
}

/** Tells findings with what people say about them and what was changed before them, and tells them again when that changes. */
export class Teller {
  #answers = new Answers();
  readonly #changes = new Changes();
  /** What was last told of people's answers, by finding. */
  readonly #told = new Map<string, string>();

  /** When an answer next begins or ends. */
  get due(): number | null {
    return this.#answers.due;
  }

  /** Hands a finding on as people's answers leave it. What a person has declared over is told once, and not again when it really is. */
  tell(finding: Finding, now: number, emit: EmitFinding): void {
    const told = this.#apply(finding, now);
    const answer = answered(told);
    const isKnown = this.#answers.isOver(finding.id) && this.#told.get(finding.id) === answer;
    if (finding.state === 'resolved') {
      this.#told.delete(finding.id);
      this.#answers.forget(finding);
    } else if (answer === '') this.#told.delete(finding.id);
    else this.#told.set(finding.id, answer);
    if (!isKnown) emit({ kind: 'finding', time: now, key: finding.group_id, finding: told });
  }

  /** Tells those open findings again about which something else holds now than when they were last told. */
  retell(open: Iterable<Finding>, now: number, emit: EmitFinding): void {
    this.#answers.settle(now);
    for (const finding of [...open]) {
      if (answered(this.#apply(finding, now)) !== (this.#told.get(finding.id) ?? '')) this.tell(asOf(finding, now), now, emit);
    }
  }

  /** Takes what a person says of the open findings, or of a change, and tells those that it changes. */
  take(mark: Mark, open: () => Iterable<Finding>, now: number, emit: EmitFinding): void {
    if (mark.type === 'change') this.#changes.take(mark);
    else this.#answers.take(mark, now, open());
    this.retell(open(), now, emit);
  }

  /** Looks at a pattern for the silences that end by what it does. */
  watch(blip: Blip, open: () => Iterable<Finding>, now: number, emit: EmitFinding): void {
    if (this.#answers.watch(blip, open())) this.retell(open(), now, emit);
  }

  /** End of the silence over one of these: a time, a state, or null when there is none in force. */
  silencedUntil(targets: readonly string[], now: number): string | null {
    return this.#answers.silencedUntil(targets, now);
  }

  notesOn(target: string): readonly Mark[] {
    return this.#answers.notesOn(target);
  }

  /** Changes from one time to another, both included, oldest first. */
  changesWithin(from: number, to: number): Change[] {
    return this.#changes.within(from, to);
  }

  save(): Json {
    return { answers: this.#answers.save(), changes: this.#changes.save(), told: [...this.#told] };
  }

  load(json: Json, now: number): void {
    const { answers, changes, told } = json as unknown as Saved;
    this.#answers = Answers.load(answers, now);
    if (changes) this.#changes.load(changes);
    for (const [id, answer] of told) this.#told.set(id, answer);
  }

  #apply(finding: Finding, now: number): Finding {
    const told = this.#answers.apply(finding, now);
    const change = this.#changes.before(finding);
    return change ? { ...told, result: { ...told.result, change } } : told;
  }
}

/** A finding that is told again, at its own time if that is later. */
const asOf = (finding: Finding, now: number): Finding =>
  Date.parse(finding.updated) < now ? { ...finding, updated: isoOf(now) } : finding;

/** What was said of a finding, as text to compare; '' when nothing. */
function answered({ result: { acked, silenced_until: silenced, notes, resolved_by: over, change } }: Finding): string {
  const said = [acked, silenced, notes, over, change];
  return said.every((one) => one === undefined) ? '' : JSON.stringify(said.map((one) => one ?? null));
}
