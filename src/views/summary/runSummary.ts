/** What a run says at its end, as plain data; `--json` prints it as it is. Lengths of time in milliseconds, times ISO 8601 UTC. */
export interface RunSummary {
  pipeline: string;
  reason: 'input ended' | 'stopped';
  exit: number;
  took_ms: number;
  /** Event time of the first and the last record; null without any. */
  first: string | null;
  last: string | null;
  events_per_second: number;
  peak_memory_bytes: number;
  /** received = analysed + duplicate + late + rejected + held + filtered */
  received: number;
  analysed: number;
  duplicate: number;
  late: number;
  rejected: number;
  held: number;
  /** What the options of its source leave out; absent without any. */
  filtered?: number;
  /** Rejected records by reason, most frequent first. */
  rejected_reasons: readonly { reason: string; count: number }[];
  /** Where late records went, such as `late.ndjson`. */
  late_to?: string | undefined;
  sources: readonly SummarySource[];
  sinks: readonly SummarySink[];
  /** Left out where every vector is memory's own. */
  embedders?: readonly SummaryEmbedder[] | undefined;
  found: { patterns: number; new_patterns: number; findings: number; episodes: number };
  /** The last checkpoint; left out when none was written. */
  state?: { checkpoint: number; bytes: number; at: string } | undefined;
  disk?: SummaryDisk | undefined;
}

export interface SummarySource {
  id: string;
  received: number;
  /** How far the source is behind; null when it cannot be known. */
  behind_ms: number | null;
  note?: string | undefined;
}

/** What was asked of an embedder, and what came of it. */
export interface SummaryEmbedder {
  name: string;
  model: string;
  /** asked = embedded + cached + fallbacks + blank */
  asked: number;
  embedded: number;
  cached: number;
  fallbacks: number;
  blank: number;
  failures: number;
}

export interface SummarySink {
  id: string;
  written: number;
  retried: number;
  failed: number;
  note?: string | undefined;
}

export interface SummaryDisk {
  used_bytes: number;
  /** null without a limit. */
  limit_bytes: number | null;
  oldest: string | null;
  /** Until the limit is reached at this run's rate; null when it never is. */
  full_in_ms: number | null;
}
