import type { KnownGuess } from '../../findings/guesses/guessMark.ts';
import { isEpisode } from '../../findings/isEpisode.ts';
import type { Finding } from '../../signal.ts';
import { listMembers } from '../finding/episode.ts';
import { finding as findingPage } from '../finding/finding.ts';
import { shortIds } from '../text/shortIds.ts';
import type { ViewOptions } from '../text/viewOptions.ts';
import { episodeMarkdown } from './episodeMarkdown.ts';
import { answersMarkdown, type PatternFacts } from './explainMarkdown.ts';
import { blocks, code, fence } from './markdown.ts';

/** A finding for a ticket: an episode as tables, any other as its page is in a terminal; with what people answered to it. */
export function findingMarkdown(
  finding: Finding,
  { notes, guess }: { notes: PatternFacts['notes']; guess?: KnownGuess | undefined },
  view: ViewOptions,
): string[] {
  if (isEpisode(finding)) {
    const short = shortIds([finding.id, ...listMembers(finding), ...finding.result.seen_before.map(({ id }) => id)]);
    return blocks(episodeMarkdown(finding, short, view, guess), answersMarkdown(notes, view), [`\`caducus explain ${short(finding.id)}\``]);
  }
  const page = findingPage(finding, { ...view, color: false });
  return blocks([`**FINDING** ${code(finding.title)}`], fence(page), answersMarkdown(notes, view));
}
