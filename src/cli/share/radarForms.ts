import { findAnswers, findSilences } from '../../board/readBoard.ts';
import type { Board } from '../../board/board.ts';
import type { BoardView, SourceView } from '../../board/boardView.ts';
import { viewBoard, viewRadar } from '../../board/viewBoard.ts';
import { toIso } from '../../event.ts';
import type { RunReport } from '../../run/report.ts';
import type { Radar } from '../../signal.ts';
import { radarMarkdown } from '../../views/markdown/radarMarkdown.ts';
import { pictureStyle, type CliContext } from '../shared/context.ts';
import { sheetPage } from './sheetPage.ts';
import type { PrintForm } from './printForms.ts';

interface Read {
  board: Board;
  report: RunReport;
  /** How the input was read, in words. */
  note: string | undefined;
  pipeline: string;
}

/** The board of what was read to its end. */
function viewRead({ board, report, pipeline }: Read, { io }: Pick<CliContext, 'io'>): BoardView {
  const sources = report.sources.map(({ id, read, behind, trouble }): SourceView => ({
    id,
    received: read,
    events_per_second: null,
    behind_ms: behind ?? null,
    ...(trouble && { trouble: { since: toIso(trouble.since), why: trouble.why } }),
  }));
  return viewBoard(board, { pipeline, live: false, problem: null, watermark: null, rate: null, sources }, io.now());
}

/** A radar for programs: the radar, its patterns in pieces, and what else is on the board beside it. */
export function describeRadar(radar: Radar, read: Read, context: Pick<CliContext, 'io'>) {
  const { lanes, groups, groups_live, sources, stale, pulse, calm, episodes, window_ms } = viewRead(read, context);
  // `groups` is a count there, as it always was.
  return { ...viewRadar(radar), window_ms, lanes, liveness: groups, groups_live, sources, stale, pulse, calm, episodes };
}

/** A radar for a ticket: Markdown, or a page of its own. */
export async function writeRadar(
  form: Exclude<PrintForm, 'text' | 'json'>,
  radar: Radar,
  read: Read,
  context: CliContext,
): Promise<string> {
  const { board, note } = read;
  if (form === 'html') return sheetPage({ kind: 'radar', view: viewRead(read, context) }, context.io);
  const end = Date.parse(radar.end);
  const change = board.changes.at(-1);
  const status = {
    note,
    ...(change && { change: { text: change.text ?? '', at: Date.parse(change.at) } }),
    silenced: findSilences(board, end),
    answers: findAnswers(board, end),
  };
  const lines = radarMarkdown({ radar, findings: [...board.open.values()], status }, { ...pictureStyle(context), color: false });
  return `${lines.join('\n')}\n`;
}
