import type { TopicRecord } from '../../memory/topics/topicRecord.ts';
import type { EpisodeFinding, Finding, Mark } from '../../signal.ts';
import type { ContextResult } from '../../views/explain/contextResult.ts';
import { isEpisode } from '../../findings/isEpisode.ts';

type Past = NonNullable<ContextResult['past_episodes']>[number];

/** Episodes that are listed. */
const most = 5;

/**
 * Episodes a pattern was part of, the latest first: those that were emitted, and those that episodes of now were found to be
 * like. The last note and link people left on each stand beside it.
 */
export function pastEpisodes(findings: readonly Finding[], { topic_id: id, merged = [] }: TopicRecord, marks: readonly Mark[]): Past[] {
  const ids = new Set([id, ...merged]);
  const own = findings.filter(
    (finding): finding is EpisodeFinding => isEpisode(finding) && finding.result.members.some((member) => ids.has(member.topic_id)),
  );
  const found = new Map<string, Past>();
  for (const finding of own) {
    for (const { id: before, at, lasted_ms, note = '', link = '' } of finding.result.seen_before)
      found.set(before, withWords({ id: before, at, lasted_ms }, note, link));
  }
  for (const { id: episode, since, updated, state, result } of own) {
    const about = marks.filter(({ target }) => target === episode);
    const last = (part: 'text' | 'link') => about.findLast((mark) => mark[part] !== undefined)?.[part] ?? '';
    const values = result.in_common.map(({ value }) => value).slice(0, 3);
    const lasted = state === 'resolved' ? Date.parse(updated) - Date.parse(since) : null;
    found.set(
      episode,
      withWords({ id: episode, at: since, lasted_ms: lasted, ...(values.length > 0 ? { values } : {}) }, last('text'), last('link')),
    );
  }
  return [...found.values()].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? -1 : 1)).slice(0, most);
}

const withWords = (past: Past, note: string, link: string): Past => ({
  ...past,
  ...(note === '' ? {} : { note }),
  ...(link === '' ? {} : { link }),
});
