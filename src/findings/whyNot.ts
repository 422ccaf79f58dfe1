import { compileChecks } from './rules/checks.ts';
import type { Rule } from './rules/options.ts';
import type { BlipLine, Decision, FindingLine, SinkDecision } from './whyNot/decision.ts';
import { asBlip, isAbout, isPattern, newest, joinSinks, strongest, sum, worst, writeCheck, writeSent } from './whyNot/evidence.ts';

/** The places at which a line can stop on its way to a person, in their order. */
export type Stage =
  | 'received'
  | 'read'
  | 'late'
  | 'pattern'
  | 'judged'
  | 'rule'
  | 'warm-up'
  | 'for'
  | 'settle'
  | 'usual hour'
  | 'budget'
  | 'silence'
  | 'acked'
  | 'episode'
  | 'route'
  | 'outbox'
  | 'answer'
  | 'over'
  | 'sent';

export interface Step {
  stage: Stage;
  text: string;
  /** It went no further. */
  stopped?: true;
}

/** The way of one subject through one stretch of time, and where it stopped; `sent` where it did not. */
export interface WhyNot {
  subject: string;
  from: string;
  to: string;
  steps: Step[];
  stopped: Stage;
}

export interface Asked {
  /** A group, the beginning of an id, or words of a pattern. */
  subject: string;
  /** The stretch that is asked about, milliseconds of event time, half open. */
  from: number;
  to: number;
  /** What ran: its rules, and the ids of its sinks that send. */
  rules: readonly Rule[];
  senders: readonly string[];
  decisions: readonly Decision[];
}

const at = ({ at: time }: Decision): number => Date.parse(time);
const of = <K extends Decision['kind']>(all: readonly Decision[], kind: K) =>
  all.filter((one): one is Extract<Decision, { kind: K }> => one.kind === kind);

/** Why nothing was sent of something: what became of it at each place, and the first that stopped it. */
export function explainWhyNot(asked: Asked): WhyNot {
  const way = new Way(asked);
  const steps = way.walk();
  const stopped = steps.find((step) => step.stopped)?.stage ?? 'sent';
  return { subject: asked.subject, from: new Date(asked.from).toISOString(), to: new Date(asked.to).toISOString(), steps, stopped };
}

/** What is decided of a stretch is decided a little after it: a rule waits, and so does an episode for company. Milliseconds. */
const grace = 1_800_000;

class Way {
  readonly #asked: Asked;
  readonly #within: Decision[];
  readonly #steps: Step[] = [];

  constructor(asked: Asked) {
    this.#asked = asked;
    this.#within = asked.decisions.filter((one) => at(one) > asked.from && at(one) <= asked.to);
  }

  walk(): Step[] {
    const { decisions, subject } = this.#asked;
    const isGroup = of(decisions, 'group').some(({ group }) => group === subject);
    const findings = of(decisions, 'finding').filter((one) => isAbout(one, subject, isGroup) && this.#touches(one));
    const blips = of(this.#within, 'blip').filter((one) => isPattern(one, subject, isGroup));
    const groups = new Set(
      isGroup ? [subject] : [...blips, ...of(decisions, 'blip').filter((one) => isPattern(one, subject, false))].map((one) => one.group_id),
    );
    const finding = worst(findings);
    const came = this.#received(finding ? new Set([finding.group]) : groups, isGroup, finding !== null);
    if (!came && !finding) return this.#steps;
    if (blips.length > 0) this.#tracePattern(strongest(blips));
    else if (!finding) {
      this.#add('judged', 'every pattern came as often as it does, at INFO or below', true);
      return this.#steps;
    }
    if (!finding && !this.#ruled(strongest(blips))) return this.#steps;
    if (finding) this.#traceFinding(finding);
    return this.#steps;
  }

  /** A finding that was open in the stretch, or changed in it. */
  #touches({ id, since, at: time }: FindingLine): boolean {
    const { from, to, decisions } = this.#asked;
    if (Date.parse(since) >= to || Date.parse(time) > to + grace) return false;
    const over = of(decisions, 'finding').findLast((one) => one.id === id && one.state === 'resolved');
    return !over || Date.parse(over.at) > from;
  }

  #add(stage: Stage, text: string, stopped = false): boolean {
    this.#steps.push({ stage, text, ...(stopped ? { stopped: true as const } : {}) });
    return !stopped;
  }

  #received(groups: ReadonlySet<string>, isGroup: boolean, isFound: boolean): boolean {
    const { decisions, subject } = this.#asked;
    const lines = of(this.#within, 'group').filter(({ group }) => groups.has(group));
    const all = sum(lines, 'lines');
    const rejected = of(this.#within, 'rejected');
    if (groups.size === 0)
      return this.#add('received', `no group and no pattern that stood out is called "${subject}" in what is kept`, true);
    if (all === 0 && isFound) return true;
    if (all === 0) {
      const refused = sum(rejected, 'count');
      if (refused > 0)
        return this.#add('read', `no line of ${[...groups].join(', ')}; ${refused} records were rejected: ${rejected[0]!.reason}`, true);
      const last = of(decisions, 'group')
        .filter(({ group, at: time }) => groups.has(group) && Date.parse(time) <= this.#asked.from)
        .at(-1);
      return this.#add(
        'received',
        `no line of ${[...groups].join(', ')} then; ${last ? `the last before came at ${last.last}` : 'none before is kept'}`,
        true,
      );
    }
    this.#add('received', `${all} lines, newest ${newest(lines)}, ${sum(lines, 'late')} late, ${sum(rejected, 'count')} rejected`);
    this.#add('read', `level known in ${all - sum(lines, 'no_level')} of ${all}, time its own in ${all - sum(lines, 'guessed')}`);
    if (isFound) return true;
    if (sum(lines, 'late') === all) return this.#add('late', 'all of them came after their window had closed', true);
    return (
      isGroup ||
      this.#within.some(({ kind }) => kind === 'blip') ||
      this.#add('pattern', `no pattern called "${subject}" stood out then`, true)
    );
  }

  #tracePattern({ template_id: id, label, level, count, state, bits, score, usual }: BlipLine): boolean {
    this.#add('pattern', `${id.slice(0, 4)}  ${label}  ${level ?? 'no level'}  ${count}, usual ${usual ?? '-'}`);
    const main = Math.max(bits.surprise, bits.burst);
    return this.#add('judged', `${state}, ${main.toFixed(1)} bits of more or less, ${bits.total.toFixed(1)} in all, score ${score}`);
  }

  /** What each rule says of the strongest pattern. */
  #ruled(line: BlipLine): boolean {
    const { rules } = this.#asked;
    const asked = rules.filter(
      ({ when, expect }) => expect === undefined && when.noData === undefined && when.unread === undefined && when.finding === undefined,
    );
    if (asked.length === 0) return this.#add('rule', 'no rule is about patterns', true);
    const blip = asBlip(line);
    let isLearning = false;
    for (const rule of asked) {
      const checks = compileChecks(rule.when);
      const failed = checks.filter(({ holds }) => !holds(blip));
      this.#add('rule', `${rule.name}  ${checks.map((check) => writeCheck(check, blip)).join('  ')}`);
      isLearning ||= failed.length === 1 && failed[0]!.name === 'warmup';
      if (failed.length > 0) continue;
      if (line.settling !== undefined) return this.#add('settle', `it comes of ${line.settling}, which settles`, true);
      if (line.usual_at !== undefined) return this.#add('usual hour', `it came at this hour before, last at ${line.usual_at}`, true);
      return this.#add('rule', `${rule.name} holds, and opened nothing: too many findings are open, or it was called usual`, true);
    }
    if (isLearning) return this.#add('warm-up', 'its group is being learned: what is new does not fire', true);
    const last = this.#steps.findLast(({ stage }) => stage === 'rule')!;
    last.stopped = true;
    return false;
  }

  /** What became of a finding. */
  #traceFinding(finding: FindingLine): void {
    const { id, rule, state, severity, title, since } = finding;
    this.#add('rule', `${rule} found it: ${id.slice(0, 4)} ${severity}, since ${since}: ${title}`);
    const own = this.#sinkDecisions(id);
    const sent = own.filter(({ kind }) => kind === 'sent');
    if (sent.length > 0) return void this.#deliver(own);
    if (state === 'pending')
      return void this.#add('for', `it has held since ${since}, and must for ${(finding.for_ms ?? 0) / 1000} s`, true);
    const held = own.findLast(({ kind }) => kind === 'withheld')?.why;
    if (finding.settling !== null || held === 'settling')
      return void this.#add('settle', `it comes of ${finding.settling ?? 'a change'}, which settles: shown, not sent`, true);
    if (finding.usual_at !== null || held === 'usual')
      return void this.#add('usual hour', `it came at this hour before, last at ${finding.usual_at ?? '-'}`, true);
    if (finding.silenced_until !== null || held === 'silenced')
      return void this.#add('silence', `silenced until ${finding.silenced_until ?? 'then'}`, true);
    if (finding.episode !== null || held === 'episode') return void this.#joined(finding);
    if (this.#asked.senders.length === 0) return void this.#add('route', 'no sink of the pipeline sends anything', true);
    if (held === 'severity' || held === 'type')
      return void this.#add(
        'route',
        `${joinSinks(own)} take no ${held === 'severity' ? `${severity} ones` : `findings of type ${finding.type}`}`,
        true,
      );
    if (held === 'budget') return void this.#add('budget', `chance opens as much more often than ${joinSinks(own)} may be sent`, true);
    if (held === 'over') return void this.#add('over', 'it was over before it was sent', true);
    if (own.length > 0) return void this.#deliver(own);
    if (finding.acked !== null) return void this.#add('acked', `${finding.acked} had acknowledged it`, true);
    this.#add('route', `nothing of it reached ${this.#asked.senders.join(', ')}`, true);
  }

  /** What an episode has sent is not sent again: it goes on with what became of the episode. */
  #joined({ episode, template, topic }: FindingLine): void {
    const found = of(this.#asked.decisions, 'finding').findLast(
      (one) => one.type === 'episode' && (one.id === episode || one.members.some((member) => member === topic || member === template)),
    );
    const decided = found ? this.#sinkDecisions(found.id) : [];
    const isSent = decided.some(({ kind }) => kind === 'sent');
    this.#add(
      'episode',
      `${found?.id.slice(0, 4) ?? episode?.slice(0, 4) ?? 'an episode'}, since ${found?.since ?? '-'}, first mover ${found?.group ?? '-'}: one message for all of it`,
      true,
    );
    if (isSent) this.#deliver(decided);
  }

  #deliver(decided: readonly SinkDecision[]): void {
    const bySink = new Map<string, SinkDecision[]>();
    for (const one of decided) bySink.set(one.sink, [...(bySink.get(one.sink) ?? []), one]);
    for (const [sink, all] of bySink) {
      const sent = all.filter(({ kind }) => kind === 'sent');
      const last = all.at(-1)!;
      if (sent.length > 0) this.#add('sent', `to ${sink}: ${writeSent(sent)}`);
      else if (last.kind === 'given up') this.#add('answer', `${sink} never took it: ${last.why}`, true);
      else if (last.kind === 'failed' || last.kind === 'waiting') this.#add('outbox', `it waits for ${sink}: ${last.why}`, true);
    }
  }

  #sinkDecisions(id: string): SinkDecision[] {
    return this.#asked.decisions.filter((one): one is SinkDecision => 'wall' in one && one.id === id);
  }
}
