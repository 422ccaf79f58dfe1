import type { Blip, Finding } from '../../signal.ts';

/** What is kept of a group for a stretch of time: how much came, and how it was read. */
export interface GroupLine {
  kind: 'group';
  /** End of the stretch, ISO 8601; `last` is the time of the newest line in it. */
  at: string;
  last: string;
  group: string;
  lines: number;
  /** Lines without a level, with a time that was not their own, and after their window had closed. */
  no_level: number;
  guessed: number;
  late: number;
  /** Lines that were counted with those of other groups, for want of room; absent in what older releases wrote. */
  folded?: number;
}

/** What is kept of a source for a stretch of time: what could not be taken. */
export interface RejectedLine {
  kind: 'rejected';
  at: string;
  source: string;
  count: number;
  reason: string;
}

/** What is kept of a pattern in a closed window that stood out, or was an error or a warning. */
export type BlipLine = { kind: 'blip'; at: string } & Pick<
  Blip,
  | 'group_id'
  | 'template_id'
  | 'topic_id'
  | 'label'
  | 'start'
  | 'end'
  | 'state'
  | 'level'
  | 'count'
  | 'usual'
  | 'score'
  | 'bits'
  | 'settling'
  | 'usual_at'
  | 'volume'
> & {
    /** The first line of it that is kept; what a rule looks for a text in. */
    example: string;
    learning: boolean;
  };

/** What a finding had come to. */
export interface FindingLine {
  kind: 'finding';
  at: string;
  id: string;
  rule: string;
  type: Finding['type'];
  state: Finding['state'];
  severity: Finding['severity'];
  group: string;
  template: string | null;
  topic: string | null;
  title: string;
  since: string;
  for_ms: number | null;
  silenced_until: string | null;
  acked: string | null;
  settling: string | null;
  usual_at: string | null;
  episode: string | null;
  /** Of an episode, the patterns it is made of. */
  members: string[];
}

/** What a sink made of a finding. */
export interface SinkDecision {
  kind: 'withheld' | 'waiting' | 'sent' | 'failed' | 'given up';
  /** Event time of the finding; `wall` is when it was decided. */
  at: string;
  wall: string;
  sink: string;
  id: string;
  title: string;
  group: string;
  rule: string;
  severity: Finding['severity'];
  state: Finding['state'];
  /** Why it was withheld, what was sent (opened, updated, resolved), or what the receiver answered. */
  why: string;
  /** Of what was sent, the answer. */
  answer?: string;
}

export type Decision = GroupLine | RejectedLine | BlipLine | FindingLine | SinkDecision;

/** What ran when the decisions were made. */
export interface DecisionHead {
  pipeline: string;
  rules: unknown[];
  sinks: { id: string; sends: boolean }[];
}

/** A decision of a sink about a finding. */
export function makeSinkDecision(
  kind: SinkDecision['kind'],
  { id, title, group_id: group, rule, severity, state, updated }: Finding,
  { sink, wall, why, answer }: Pick<SinkDecision, 'sink' | 'wall' | 'why' | 'answer'>,
): SinkDecision {
  return { kind, at: updated, wall, sink, id, title, group, rule, severity, state, why, ...(answer === undefined ? {} : { answer }) };
}
