import type { BlipView, BoardView, FindingView, MemberView, Part } from '../../board/boardView.ts';
import type { KnownGuess } from '../../findings/guesses/guessMark.ts';
import type { WhyNot } from '../../findings/whyNot.ts';
import type { Mark } from '../../signal.ts';
import type { BitTerm } from '../../views/explain/bitTerms.ts';
import type { ContextResult } from '../../views/explain/contextResult.ts';

/** What `GET /api/radar` answers: the board, and whether who asks may answer. */
export type RadarAnswer = BoardView & {
  viewer: { role: 'view' | 'ack'; who: string | null };
};

/** What `GET /api/graph` answers: the parts of the pipeline, each behind those that feed it. */
export interface GraphAnswer {
  name: string;
  parts: {
    type: 'source' | 'operator' | 'sink';
    id: string;
    verb: string;
    /** Ids of what feeds it, `id.port` of a port; of a source none. */
    from: readonly string[];
    /** Signals since the start, and a second over the last few seconds. */
    in: number;
    out: number;
    in_rate: number;
    out_rate: number;
    /** What waits in it, and what it refused, dropped or failed at. */
    held: number;
    lost: number;
    /** How far its newest record lies behind the clock, milliseconds, and what keeps it from working. */
    behind_ms: number | null;
    trouble: string | null;
  }[];
}

/** What `GET /api/why-not/ID` answers: what `caducus why-not --json` prints. */
export type WhyNotAnswer = WhyNot;

/** What the stream tells: the whole board, a finding, a mark, and that it is alive. */
export type StreamEvent = 'radar' | 'finding' | 'mark' | 'ping';

/** Why a pattern stands where it stands: what `caducus explain ID --json` prints of one. Lengths of time in milliseconds. */
export interface PatternAnswer {
  kind: 'pattern';
  /** The run that knows it. */
  of: string;
  blip: BlipView;
  /** The terms of its score with what was counted, as far as they are added summing up to `bits`. */
  why: { terms: BitTerm[]; bits: number };
  history: {
    first: string;
    last: string;
    memory_ms: number;
    count_7d: number;
    /** Events in each six hours of the last week; those without one are left out. */
    parts: readonly { from: string; count: number }[];
    moves: readonly { at: string; until: string; state: string; count: number; usual: number | null }[];
  };
  templates: { template_id: string; pattern: string; count: number; parts: Part[] }[];
  notes: Mark[];
  /** A few words that a model guessed for it; absent where none did. */
  label?: { text: string; model: string };
  /** Open findings and episodes that it is part of. */
  findings: { id: string; type: string; state: string; title: string }[];
  /** What moved in the same minutes, past episodes: as `caducus context ID --json`. */
  context: ContextResult;
  /** The pieces of the patterns that `context` names, by topic. */
  known: Record<string, { label: string; parts: Part[] }>;
}

/** An episode, or another finding: what `caducus explain ID --json` prints of one. */
export interface EpisodeAnswer {
  kind: 'finding';
  of: string;
  finding: FindingView;
  /** Newest event time of the run. */
  as_of: string | null;
  notes: Mark[];
  /** What a model guessed; absent where none did. */
  guess?: KnownGuess;
  /** Of an episode the command that holds it against what is usual. */
  compare?: string;
  /** What it is made of, in the order of first movement; of a finding about a pattern that one. */
  members: MemberView[];
  /** How often each member came, cell by cell, up to its last window. */
  series: { topic_id: string; from: string; cell_ms: number; counts: number[] }[];
  changes: { at: string; text: string }[];
  past_episodes: NonNullable<ContextResult['past_episodes']>;
  /** Of past episodes whose members are still known, when each of these first moved, from the first of them. */
  past_members: { id: string; members: { topic_id: string; offset_ms: number }[] }[];
  usually_before: NonNullable<ContextResult['usually_before']>;
}
