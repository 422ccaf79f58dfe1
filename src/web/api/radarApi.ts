import type { BoardView } from '../../board/boardView.ts';
import type { Mark } from '../../signal.ts';
import type { GraphAnswer, WhyNotAnswer } from './answers.ts';
import type { MarkRequest } from './markRequest.ts';

/** What the pages ask of whoever holds the board. */
export interface RadarApi {
  /** The board as it is now. */
  view(): BoardView;
  /** The board with the radar of the window that held this time, milliseconds; null when that is not remembered. */
  viewAt(at: number): BoardView | null;
  /** What `caducus explain` says of a pattern, its beginning where that is unique. Throws CAD002 when there is none. */
  pattern(id: string, at: number | null): Promise<object>;
  /** The same of an episode or another finding. */
  episode(id: string): Promise<object>;
  /**
   * Why nothing was sent of a group, a pattern or a finding: what became of it on its way to people. Throws CAD002 where
   * nothing that was decided is kept.
   * @param at the time that is asked about, milliseconds; null for when it began, else the newest
   */
  whyNot(subject: string, at: number | null): Promise<WhyNotAnswer>;
  /** The pipeline as parts, and what goes through each now. Throws CAD002 where there is none. */
  graph(): GraphAnswer;
  /** Puts an answer where the run and later commands find it. Throws CAD002 when its target is none or several. */
  mark(request: MarkRequest, who: string | null): Promise<Mark>;
}
