import type { RateState } from '../../signal.ts';

/** What `context` found for a text, a pattern or a time. Times ISO 8601 UTC, lengths of time in milliseconds. */
export interface ContextResult {
  query: string;
  as_of: string;
  /** `by` is the embedder that compared. */
  searched: { patterns: number; groups: number; memory_ms: number; by: string };
  /** Nearest patterns, best first. `match` is the cosine, 0 to 1; null where a moment was asked for: what moved nearest to it. */
  nearest: readonly NearPattern[];
  /** How often the nearest pattern came, oldest first, in equal cells from `from` to `to`. */
  when?: { from: string; to: string; counts: readonly number[] };
  /** What else moved, by when it did. */
  same_minutes?: { before: readonly Neighbour[]; during: readonly Neighbour[]; after: readonly Neighbour[] };
  usually_before?: readonly { topic_id: string; in: number; of: number; earlier_ms: number }[];
  past_episodes?: readonly { id: string; at: string; lasted_ms: number | null; values?: readonly string[]; note?: string; link?: string }[];
  /** Values behind the variable parts. */
  values?: readonly { type: string; values: readonly { value: string; count: number }[] }[];
}

export interface NearPattern {
  match: number | null;
  topic_id: string;
  group_id: string;
  state: RateState;
  first_seen: string;
  last_seen: string;
  /** Events in the last seven days before `as_of`. */
  count_7d: number;
  label: string;
}

/** A pattern or a change that stands near in time; `text` says how, such as `29s later, 38x`. */
export interface Neighbour {
  topic_id?: string;
  text: string;
}
