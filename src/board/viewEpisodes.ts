import { isEpisode } from '../findings/isEpisode.ts';
import type { Blip, EpisodeFinding } from '../signal.ts';
import type { Board } from './board.ts';
import type { BoardView, MemberView } from './boardView.ts';
import { splitPattern, splitText } from './patternParts.ts';

/** Of each open episode what it is made of. */
export const viewEpisodes = ({ open }: Board, rows: ReadonlyMap<string, Blip>): BoardView['episodes'] =>
  [...open.values()].filter(isEpisode).map((finding) => ({ id: finding.id, members: viewMembers(finding, rows) }));

/** The patterns of an episode in the order of their first movement, each with its last line where that is known. */
export function viewMembers({ since, result }: EpisodeFinding, rows: ReadonlyMap<string, Blip>): MemberView[] {
  const began = Date.parse(since);
  const members = result.members.map(({ topic_id, group_id, at, state, count, label }): MemberView => {
    const row = rows.get(topic_id);
    const parts = row ? splitPattern(row) : splitText(label);
    return {
      topic_id,
      group_id,
      offset_ms: Date.parse(at) - began,
      state: row?.state ?? state,
      count: row?.count ?? count,
      label,
      parts,
      ...(row && { row: { ...row, parts } }),
    };
  });
  return members.sort((a, b) => a.offset_ms - b.offset_ms || (a.topic_id < b.topic_id ? -1 : 1));
}
