import type { Board } from '../../board/board.ts';
import { findAnswers, findSilences } from '../../board/readBoard.ts';
import type { Finding, Radar } from '../../signal.ts';
import type { RadarStatus } from '../radar/radarStatus.ts';
import type { Component } from './componentRows.ts';

/** How the run that is looked at stands, beside its board. Times are milliseconds since 1970, lengths milliseconds. */
export interface LiveStanding {
  /** The wall clock where it runs. */
  now: number;
  /** Newest event time; null before the first. */
  newest: number | null;
  /** A live source is among its sources. */
  live: boolean;
  /** Records a second, over the last few seconds. */
  rate: number;
  troubles?: RadarStatus['troubles'];
  /** Sources, operators and sinks. */
  components?: readonly Component[];
}

/** What a live screen shows: plain data, so that it can come from another process. */
export interface Look extends LiveStanding {
  /** What runs: the name of a pipeline, or of an input. */
  subject: string;
  /** The last window that is closed; null before the first. */
  radar: Radar | null;
  /** What is already news in the window behind it, which is open; null where nothing is. */
  open: Radar | null;
  /** Findings that are not resolved, worst and oldest first. */
  findings: Finding[];
  status: Pick<RadarStatus, 'change' | 'silenced' | 'answers'>;
}

const severities = { critical: 0, warning: 1, info: 2 } as const;

/** What a screen shows of a board. */
export function lookAt(board: Board, subject: string, standing: LiveStanding): Look {
  const { radar, early: open } = board;
  const at = radar === null ? standing.now : Date.parse(radar.end);
  const change = board.changes.at(-1);
  return {
    ...standing,
    subject,
    radar,
    open,
    findings: [...board.open.values()]
      .filter(({ state }) => state !== 'pending')
      .toSorted((a, b) => severities[a.severity] - severities[b.severity] || Date.parse(a.since) - Date.parse(b.since)),
    status: {
      silenced: findSilences(board, at),
      answers: findAnswers(board, at),
      ...(change && { change: { text: change.text ?? '', at: Date.parse(change.at) } }),
    },
  };
}
