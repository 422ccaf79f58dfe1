import { fromSaved, toSaved } from '../../base/saved.ts';
import { startBoard } from '../../board/board.ts';
import { findEpisodes, isInEpisode } from '../../board/readBoard.ts';
import { reduceBoard } from '../../board/reduceBoard.ts';
import { isObject } from '../../base/isObject.ts';
import type { Json, JsonObject } from '../../event.ts';
import { isBeyondBudget } from '../../findings/byChance.ts';
import type { Finding } from '../../signal.ts';
import type { WebhookOptions } from './options.ts';
import { OpeningBudget } from './openingBudget.ts';
import { readState, type Delivered, type Receiver } from './receiver.ts';

/** Why a finding is not sent. */
export type Withheld =
  /** Its rule has not held for long enough. */
  | 'pending'
  /** The sink does not take findings of its type, or of so low a severity. */
  | 'type'
  | 'severity'
  /** A person has silenced it. */
  | 'silenced'
  /** It comes of a change that settles. */
  | 'settling'
  /** It comes at this hour on other days too. */
  | 'usual'
  /** Chance opens as much more often than the sink, its route or the pipeline allows. */
  | 'budget'
  /** A spike of what is no error, in which the memory finds nothing. */
  | 'steady'
  /** It was over before it was sent. */
  | 'over'
  /** An episode that is sent holds it already. */
  | 'episode'
  /** The receiver knows all of it. */
  | 'known';

/** Sent, after that many milliseconds at most, or why not. */
export type NewsVerdict = { delay: number } | { withheld: Withheld };

/** What is known of the messages that went before. */
export interface SentBefore {
  last(id: string): Delivered | null;
  isWaiting(id: string): boolean;
}

type NewsOptions = Pick<WebhookOptions, 'types' | 'minSeverity' | 'updateEvery' | 'falseAlarms'>;

const severities = ['info', 'warning', 'critical'];

/**
 * Which findings are news for a receiver. Pure: `now` is an argument, milliseconds. What is open comes from a board, made by
 * the reducer that every view reads, of the episodes that this receiver is sent; what was sent is the outbox's to know.
 */
export class News {
  readonly #options: NewsOptions;
  readonly #budget: OpeningBudget | null;
  readonly #sent: SentBefore;
  readonly #receiver: Pick<Receiver, 'content' | 'minor'>;
  readonly #board = startBoard();

  constructor(options: NewsOptions, sent: SentBefore, receiver: Pick<Receiver, 'content' | 'minor'>, from: Json = null) {
    const { episodes, openings } = isObject(from) ? from : { episodes: null, openings: null };
    this.#budget = options.falseAlarms === undefined ? null : new OpeningBudget(options.falseAlarms, openings ?? null);
    this.#options = options;
    this.#sent = sent;
    this.#receiver = receiver;
    for (const episode of Array.isArray(episodes) ? episodes : []) this.#follow(fromSaved<Finding>(episode));
  }

  judge(finding: Finding, now: number): NewsVerdict {
    const { types, minSeverity, updateEvery } = this.#options;
    if (finding.state === 'pending') return { withheld: 'pending' };
    if (!types.includes(finding.type)) return { withheld: 'type' };
    if (severities.indexOf(finding.severity) < severities.indexOf(minSeverity)) return { withheld: 'severity' };
    if (finding.type === 'episode') this.#follow(finding);
    // A silence holds back all but the end of what was sent before it began.
    if (finding.result.silenced_until !== undefined && finding.state !== 'resolved') return { withheld: 'silenced' };
    const last = this.#sent.last(finding.id);
    const waiting = this.#sent.isWaiting(finding.id);
    if (!last && !waiting) {
      // What was over before it was sent is no news, nor is what an episode holds already.
      if (finding.state === 'resolved') return { withheld: 'over' };
      if (finding.result.settling !== undefined) return { withheld: 'settling' };
      if (finding.result.steady === true) return { withheld: 'steady' };
      if (finding.result.usual_at !== undefined) return { withheld: 'usual' };
      if (finding.result.episode !== undefined || this.#isCovered(finding)) return { withheld: 'episode' };
      if (isBeyondBudget(finding) || this.#budget?.admits(finding) === false) return { withheld: 'budget' };
      this.#budget?.open(finding);
    }
    if (!last) return { delay: 0 };
    if (!waiting && last.content === this.#receiver.content(finding)) return { withheld: 'known' };
    return { delay: this.#receiver.minor(finding, last) ? Math.max(0, last.at + updateEvery - now) : 0 };
  }

  /** The episodes that are open, and when something new was sent, for the next `from`. */
  save(): JsonObject {
    const episodes = findEpisodes(this.#board).map((episode) => toSaved(episode));
    const openings = this.#budget?.save() ?? [];
    return { ...(episodes.length > 0 && { episodes }), ...(openings.length > 0 && { openings }) };
  }

  #isCovered({ topic_id: topic }: Finding): boolean {
    return topic !== undefined && isInEpisode(this.#board, topic);
  }

  #follow(episode: Finding): void {
    reduceBoard(this.#board, { kind: 'finding', time: Date.parse(episode.updated), key: episode.group_id, finding: episode });
  }
}

/** What a message does: begin something for its receiver, change it, or end it. */
export type MessageKind = 'opened' | 'updated' | 'resolved';

export const messageKind = (finding: Finding, last: Delivered | null): MessageKind =>
  finding.state === 'resolved' ? 'resolved' : last === null ? 'opened' : 'updated';

/** A receiver that is none: it would have been sent each new state and severity. */
export const countingReceiver: Pick<Receiver, 'content' | 'minor'> = { content: readState, minor: () => false };
