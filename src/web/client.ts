/**
 * Types of the API of the radar, as `GET /api/radar` and its neighbours answer, for programs that read it. No code.
 */
export type {
  BlipView,
  BoardView,
  EarlierView,
  FindingView,
  GroupView,
  LaneView,
  MemberView,
  Part,
  RadarView,
  SourceView,
} from '../board/boardView.ts';
export type { Blip, EpisodeFinding, Finding, Mark, Radar } from '../signal.ts';
export type { EpisodeResult } from '../results/episodeResult.ts';
export type { ContextResult } from '../views/explain/contextResult.ts';
export type { BitTerm } from '../views/explain/bitTerms.ts';
export type { EpisodeAnswer, GraphAnswer, PatternAnswer, RadarAnswer, StreamEvent, WhyNotAnswer } from './api/answers.ts';
export type { MarkRequest } from './api/markRequest.ts';
export type { DrawnSheet, Sheet } from './api/sheet.ts';
