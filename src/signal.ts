// One file, because the kinds that flow name each other: a radar holds blips, a finding its result, a mark its finding.
import type { Event, JsonObject, Level } from './event.ts';
import type { BreakerResult } from './results/breakerResult.ts';
import type { BudgetResult } from './results/budgetResult.ts';
import type { EpisodeResult } from './results/episodeResult.ts';
import type { Guess } from './results/guess.ts';
import type { RuleResult } from './results/ruleResult.ts';
import type { SessionResult } from './results/sessionResult.ts';
import type { SpikeResult } from './results/spikeResult.ts';

/**
 * Whatever flows through a pipeline: a tagged union with event time (milliseconds since 1970) and key.
 * Records on the wire carry snake_case names, so that what `--json` prints is what the code holds.
 */
export type Signal = EventSignal | BlipSignal | RadarSignal | FindingSignal | RejectedSignal | MarkSignal;
export type SignalKind = Signal['kind'];

/** The parts every signal has. */
export interface SignalBase {
  /** Event time, milliseconds since 1970. */
  time: number;
  /** What keyed operators hold their state by; `groupBy` sets it. */
  key: string;
}

/** Anything that can flow: the kinds above, and those of operators of your own. */
export type Flow = SignalBase & { kind: string };

export interface EventSignal extends SignalBase {
  kind: 'event';
  event: Event;
  /** Set when its window had closed before it came. */
  late?: boolean;
  /** Set when it named no time: it has that of a record beside it, or of its arrival. */
  borrowed?: true;
  /** Set behind `memory` when its group had no room of its own, and it was counted with `others`. */
  folded?: true;
  /** The pattern it is of, behind `memory`. */
  template_id?: string;
}

export interface BlipSignal extends SignalBase {
  kind: 'blip';
  blip: Blip;
}

export interface RadarSignal extends SignalBase {
  kind: 'radar';
  radar: Radar;
}

export interface FindingSignal extends SignalBase {
  kind: 'finding';
  finding: Finding;
}

export interface RejectedSignal extends SignalBase {
  kind: 'rejected';
  rejected: Rejected;
}

/** A session that is over and was judged; emitted by `sessions`. */
export interface SessionSignal extends SignalBase {
  kind: 'session';
  session: Omit<SessionResult, 'unusual' | 'entities'> & { unusual: boolean };
}

/** What people say to a running radar: acks, silences, notes, deploy markers. Part of any replay. */
export interface MarkSignal extends SignalBase {
  kind: 'mark';
  mark: Mark;
}

/** State by rate, one word. */
export type RateState = 'new' | 'returning' | 'rare' | 'rising' | 'falling' | 'gone' | 'steady';

/** One term of the salience, in bits, with the numbers that explain it. */
export interface Bits {
  surprise: number;
  burst: number;
  novelty: number;
  severity: number;
  together: number;
  /** max(surprise, burst) + novelty + severity + together */
  total: number;
}

export interface Exemplar {
  event_id: string;
  timestamp: string;
  text: string;
}

/** A variable position of a pattern: its type and the values seen there. */
export interface Slot {
  type: string;
  /** Most frequent first, at most eight. */
  values: { value: string; count: number }[];
  /** Estimate of how many distinct values were seen. */
  distinct: number;
}

/** One template of a row. */
export type BlipMember = Pick<Blip, 'template_id' | 'pattern' | 'count' | 'usual' | 'state' | 'score'>;

/** A value that most lines of a pattern have in a field such as version, pod, zone or host. */
export interface BlipField {
  name: string;
  value: string;
  /** How many of how many lines that were looked at have it. */
  in: number;
  of: number;
  /** Its share in the group's other lines of the window, 0 to 1; null where none was looked at. */
  usual: number | null;
  /** What most of those have instead; absent where nothing is known of them. */
  others?: string;
}

/** One template's line at the close of a window; on a radar a row, which may hold several templates of one topic. */
export interface Blip {
  /** Durable id of the template it is about: rates, states, findings and answers are by it. */
  template_id: string;
  /** Durable id of the topic it is read as: rows of one topic are folded where a radar is made. */
  topic_id: string;
  group_id: string;
  label: string;
  /** The topic's pattern with typed slots, one value printed where only one was seen. */
  pattern: string;
  /** Window, event time, ISO 8601 UTC, half open. */
  start: string;
  end: string;
  /** True for an early result of a window that is still open. */
  open: boolean;
  /** The window was given up half-way, because windows became longer or shorter: it is neither judged nor learned. */
  partial?: boolean;
  count: number;
  /** What the baseline expects in the same length of time; null when unknown. */
  usual: number | null;
  state: RateState;
  level: Level | null;
  /** 0 to 100. */
  score: number;
  bits: Bits;
  /** The numbers behind `bits`, in words a person can check. */
  why: JsonObject;
  /** Of the volume of a group, whose ids are the group's: which part of the usual came. */
  volume?: number;
  /** Of `others`, which many groups share: about how many they are, and which one the pattern's first line was of. */
  from?: { group?: string; groups: number };
  /** Twelve counts, oldest first; the last is this window's. */
  trend: number[];
  /** How many templates the topic holds ("merged k templates"). */
  templates: number;
  /** Ids of templates and topics that turned out to be this one. */
  merged?: string[];
  first_seen: string;
  last_seen: string;
  total: number;
  weight: number;
  tier: 'hot' | 'warm' | 'cold';
  temporal: 'new' | 'trending' | 'known';
  exemplars: Exemplar[];
  slots: Slot[];
  /** Of a pattern that is not steady: the fields that most of its lines have the same value in. */
  fields?: BlipField[];
  /** The templates of a row that was folded from several, the strongest first. */
  members?: BlipMember[];
  /**
   * Set where the row is about the numbers in a pattern's lines: `count`, `usual` and `trend` are a quantile of theirs, or how
   * often one code came among those of its class; with `instance` they are those of one instance, and `usual` is of the others. `of` is
   * the id of the pattern; no event is counted by such a row.
   */
  measure?: { of: string; slot: string; quantile: 'p50' | 'p95' | 'count'; unit: string | null; instance?: string };
  /** Other topics of any group that moved with it in this window (added by rank). */
  together?: string[];
  /** It comes of a change of its group that settles, by this name: it is shown, and not sent (added by rules). */
  settling?: string;
  /** It comes at this hour on other days too; then, the last time. ISO 8601 (added by rules). */
  usual_at?: string;
  /** An error that began in an earlier window and is still on, since then; ISO 8601 (added by rank). */
  on_since?: string;
}

/** What stood on top in an earlier window and is over: its line in its strongest window. */
export interface EarlierBlip extends Blip {
  /** Twelve counts up to the window of the radar. */
  trend_now: number[];
  /** End of the last window in which it stood out, or was on. */
  until: string;
}

/** The ranked blips of one window, over one group or all. */
export interface Radar {
  /** null over several groups. */
  group_id: string | null;
  start: string;
  end: string;
  open: boolean;
  /** The window was given up half-way, because windows became longer or shorter: it is neither judged nor learned. */
  partial?: boolean;
  events: number;
  groups: number;
  patterns: number;
  new_patterns: number;
  blips: Blip[];
  /** What did not make the list. */
  rest: { patterns: number; events: number; states: Partial<Record<RateState, number>> };
  /** What stood on top before and is over, at most three, the least faded first. */
  earlier?: EarlierBlip[];
  /** About how many groups have no row of their own, since there are too many: theirs is `others`. */
  folded?: number;
  /** Set while novelty does not fire: event time learned so far and wanted, in milliseconds. */
  learning?: { learned_ms: number; warmup_ms: number; changed?: string };
  /** Set when no event came in the window: the newest event there was, and how far apart they usually are, milliseconds. */
  stale?: { as_of: string; usual_gap_ms: number | null };
}

export type FindingState = 'pending' | 'firing' | 'acked' | 'resolved';
export type Severity = 'info' | 'warning' | 'critical';

/** The parts every finding has. */
interface FindingBase {
  /** hash(rule, key, period) */
  id: string;
  rule: string;
  state: FindingState;
  severity: Severity;
  group_id: string;
  /** The topic and the template it is about, where it is about one; findings kept from before have the topic alone. */
  topic_id?: string;
  template_id?: string;
  title: string;
  since: string;
  updated: string;
}

export interface SpikeFinding extends FindingBase {
  type: 'spike';
  result: SpikeResult;
}
export interface BudgetFinding extends FindingBase {
  type: 'budget';
  result: BudgetResult;
}
export interface BreakerFinding extends FindingBase {
  type: 'breaker';
  result: BreakerResult;
}
export interface RuleFinding extends FindingBase {
  type: 'rule';
  result: RuleResult;
}
export interface SessionFinding extends FindingBase {
  type: 'session';
  result: SessionResult;
}
export interface EpisodeFinding extends FindingBase {
  type: 'episode';
  result: EpisodeResult;
}

/** A decision worth acting on, with the full result that explains it; `type` says which safeguard or rule spoke. */
export type Finding = SpikeFinding | BudgetFinding | BreakerFinding | RuleFinding | SessionFinding | EpisodeFinding;
export type FindingType = Finding['type'];

/** A record that could not be taken, with the reason, the place and the original bytes. */
export interface Rejected {
  source: string;
  reason: string;
  /** File, line and byte offset, as far as known. */
  place: { file?: string; line?: number; offset?: number };
  /** The original text, bounded and redacted. */
  original: string;
}

export type MarkType = 'ack' | 'silence' | 'note' | 'resolve' | 'change' | 'useful' | 'useless' | 'guess';

export interface Mark {
  id: string;
  type: MarkType;
  /** Id of a finding, pattern or episode, or the name of a group; '' for a change marker. */
  target: string;
  who: string;
  at: string;
  /** When a silence begins, if not at once. */
  from?: string;
  /** A silence about all groups of a name (RE2 syntax), and findings with these labels; then `target` is ''. */
  match?: { group?: string; labels?: Record<string, string> };
  /** A silence that comes again and again: minutes into the day, or into the week from Monday, in a zone; and how long it lasts. */
  schedule?: { every: 'day' | 'weekday' | 'week'; minutes: number; zone: string; lasts_ms: number };
  /** When an ack or a silence ends, exclusive. */
  until?: string;
  /** A silence ends when the pattern comes to do this anew. */
  until_state?: RateState;
  /**
   * A resolve that says that this is usual from now on: the patterns it was about when it was given, by id. They are not
   * followed any further, although they go on.
   */
  as_usual?: string[];
  text?: string;
  link?: string;
  /** Where it was given, when not here: `pagerduty`, `slack`, `alertmanager`. */
  via?: string;
  /** What a model guessed, `who` being the model: it is shown, and answers nothing. */
  guess?: Guess;
}
