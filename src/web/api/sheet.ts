import type { BoardView, FindingView } from '../../board/boardView.ts';
import type { ContextResult } from '../../views/explain/contextResult.ts';
import type { EpisodeAnswer, PatternAnswer } from './answers.ts';

/** What can be drawn as a page of its own, for a ticket or a post-mortem. */
export type Sheet =
  | { kind: 'radar'; view: BoardView }
  | { kind: 'pattern'; answer: PatternAnswer }
  | { kind: 'finding'; answer: EpisodeAnswer }
  | { kind: 'context'; result: ContextResult }
  | { kind: 'episodes'; episodes: FindingView[]; as_of: string };

/** It drawn: `style` is CSS, `body` what stands in `<body>`. Its text is escaped, `title` is not. */
export interface DrawnSheet {
  title: string;
  style: string;
  body: string;
}
