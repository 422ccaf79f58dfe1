import type { OperatorCounters } from '../kernel/defineOperator.ts';
import type { JsonObject } from '../event.ts';
import type { RedactCounts } from '../redact/kinds.ts';
import type { Rejected, Signal } from '../signal.ts';
import type { SinkCounters, SinkTrouble } from '../sinks/sink.ts';
import type { Trouble } from '../base/trouble.ts';
import type { OpenSource } from '../sources/source.ts';
import type { EmbedderReport } from './vectors/vectorProvider.ts';

/** What a run has to say at its end. Every number is a count unless its name says otherwise. */
export interface RunReport {
  pipeline: string;
  /** Why it ended. */
  reason: 'input ended' | 'stopped';
  /** Told to end, it left work unfinished that is taken again by the next run; absent otherwise. */
  cut?: true;
  /** Wall clock, milliseconds. */
  took: number;
  /** Event time of the first and last record, milliseconds; null without any. */
  first: number | null;
  last: number | null;
  sources: SourceReport[];
  /** `folded_keys`: about how many keys share the state `others`; absent where none does. */
  operators: ({ id: string; folded_keys?: number } & OperatorCounters)[];
  sinks: ({
    id: string;
    from: readonly string[];
    offered: number;
    note: string;
    figures: JsonObject;
    trouble?: SinkTrouble;
  } & SinkCounters)[];
  late: number;
  /** Rejected records by reason, most frequent first. */
  rejected: { reason: string; count: number; example: string }[];
  windows: number;
  patterns: number;
  newPatterns: number;
  /** Distinct ones, however often each was emitted. */
  findings: number;
  episodes: number;
  /** The longest that checkpoints kept the run waiting at a time, the sinks' flush included, milliseconds. */
  longestPause?: number;
  /** The embedders that were asked, with what came of it. */
  embedders?: EmbedderReport[];
}

/** How a run stands, at any moment. Times are milliseconds of event time; null before the first record. */
export interface RunFigures {
  report: RunReport;
  newest: number | null;
  watermark: number | null;
  /** A live source is among its sources: it ends only when it is stopped. */
  live: boolean;
}

/** read = accepted + rejected + duplicate + held + filtered */
export interface SourceReport {
  id: string;
  read: number;
  accepted: number;
  rejected: number;
  duplicate: number;
  /** Records whose time is not settled yet; absent without any. */
  held?: number;
  /** Records that the options of the source leave out; absent without any. */
  filtered?: number;
  /** Records that their sender only counted, and bytes that were passed over or lost before they were read; absent without any. */
  left_out?: number;
  passed_over?: number;
  /** Records with a stamp beyond belief, which went on at the time of their neighbours; absent without any. */
  strays?: number;
  /** Records whose stamps were read as of a clock that was set back; absent without any. */
  set_back?: number;
  /** Most of its stamps lie ahead of their arrival: its time zone, or the clock of this machine, is wrong. */
  ahead?: true;
  /** What keeps it from giving anything; absent while nothing does. */
  trouble?: Trouble;
  /** The last canary that came through: when, milliseconds since 1970, and how long it took; absent before the first. */
  canary?: { at: number; took: number };
  /** How far the newest record of a live source that has not ended lies behind the clock, milliseconds; absent of others. */
  behind?: number;
  /** Records older than one that the source had given before; absent without any. Those that were too old are late as well. */
  disordered?: number;
  /** What was read, and how much of it, bytes; absent where the source does not tell. */
  extent?: { what: string; bytes: number; of?: number };
  /** What was masked in its records; absent when nothing was. */
  redacted?: RedactCounts;
}

/** What does not add up in a report, in words; empty when everything is accounted for. */
export function imbalances(report: RunReport): string[] {
  const wrong: string[] = [];
  for (const { id, read, accepted, rejected, duplicate, held = 0, filtered = 0 } of report.sources) {
    if (read !== accepted + rejected + duplicate + held + filtered)
      wrong.push(
        `source ${id}: read ${read}, accepted ${accepted} + rejected ${rejected} + duplicate ${duplicate} + held ${held} + filtered ${filtered}`,
      );
  }
  for (const { id, in: into, forwarded, consumed } of report.operators) {
    if (into !== forwarded + consumed) wrong.push(`operator ${id}: in ${into}, forwarded ${forwarded} + consumed ${consumed}`);
  }
  for (const { id, offered, written, filtered, failed, held } of report.sinks) {
    if (offered !== written + filtered + failed + held) {
      wrong.push(`sink ${id}: offered ${offered}, written ${written} + filtered ${filtered} + failed ${failed} + held ${held}`);
    }
  }
  return wrong;
}

/** Counts what goes by, for the report. */
export class Tally {
  late = 0;
  windows = 0;
  readonly #findings = new Set<string>();
  readonly #episodes = new Set<string>();
  readonly #rejected = new Map<string, { count: number; example: string }>();
  readonly #topics = new Set<string>();
  readonly #fresh = new Set<string>();

  /** A signal that leaves the last operators. */
  see(signal: Signal): void {
    if (signal.kind === 'event') this.late += signal.late ? 1 : 0;
    else if (signal.kind === 'radar') this.windows += signal.radar.open ? 0 : 1;
    else if (signal.kind === 'finding') (signal.finding.type === 'episode' ? this.#episodes : this.#findings).add(signal.finding.id);
    else if (signal.kind === 'blip' && signal.blip.volume === undefined) this.topic(signal.blip.topic_id, signal.blip.state === 'new');
    else if (signal.kind === 'rejected') this.rejected(signal.rejected.reason, placeText(signal.rejected));
  }

  rejected(reason: string, example: string): void {
    // A reason holds no text of the record, so there are few; the cap is for those of custom operators.
    const name = this.#rejected.has(reason) || this.#rejected.size < 1000 ? reason : 'other reasons';
    const known = this.#rejected.get(name);
    if (known) known.count += 1;
    else this.#rejected.set(name, { count: 1, example });
  }

  topic(key: string, fresh: boolean): void {
    this.#topics.add(key);
    if (fresh) this.#fresh.add(key);
  }

  get patterns(): number {
    return this.#topics.size;
  }

  get newPatterns(): number {
    return this.#fresh.size;
  }

  get rejectedReasons(): RunReport['rejected'] {
    return [...this.#rejected]
      .map(([reason, r]) => ({ reason, ...r }))
      .toSorted((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
  }

  /** What was counted, as the report has it. */
  figures() {
    const { late, windows, patterns, newPatterns } = this;
    const [findings, episodes] = [this.#findings.size, this.#episodes.size];
    return { late, rejected: this.rejectedReasons, windows, patterns, newPatterns, findings, episodes };
  }
}

function placeText({ source, place: { file, line, offset } }: Rejected): string {
  const at = line !== undefined ? `:${line}` : offset !== undefined ? ` at byte ${offset}` : '';
  return `${file ?? source}${at}`;
}

/** What `summarizeProgress` asks of a source. */
interface Reading {
  report: { read: number };
  node: { source: { spec: { accompanies: boolean } } };
  open: Pick<OpenSource, 'extent'> | null;
}

/** How far sources are: records, and bytes where every one of them knows how many there are; null where one does not. */
export function summarizeProgress(sources: readonly Reading[]): { read: number; bytes: { done: number; of: number } | null } {
  const bytes = { done: 0, of: 0 };
  let known = true;
  for (const { open } of sources.filter(({ node }) => !node.source.spec.accompanies)) {
    const extent = open?.extent?.();
    known &&= extent?.of !== undefined;
    bytes.done += extent?.bytes ?? 0;
    bytes.of += extent?.of ?? 0;
  }
  return { read: sources.reduce((sum, { report }) => sum + report.read, 0), bytes: known ? bytes : null };
}
