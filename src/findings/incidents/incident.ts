import { groupedBy } from '../../base/groupedBy.ts';
import type { EpisodeFinding, Mark } from '../../signal.ts';
import { findGuess, withoutGuesses, type KnownGuess } from '../guesses/guessMark.ts';
import { scoreNearness, weighPatterns } from './nearness.ts';

/** Of two that are nearer than this one is the return of the other. */
const RETURN = 0.4;
/** A change so long before its end may have ended it, milliseconds. */
const ENDED_AFTER = 1_800_000;

/** An incident before or after another, and how near the two are, 0 to 1. */
export interface NearIncident {
  id: string;
  since: string;
  title: string;
  nearness: number;
  /** What people last said of it, and where they keep it. */
  note?: string;
  link?: string;
}

/** What ended an incident. */
export type Ending =
  { by: 'person'; who: string; at: string; text?: string } | { by: 'change'; text: string; at: string } | { by: 'calm'; windows: number };

/** An episode as it is kept, with what people did and the others of its kind. */
export interface Incident {
  finding: EpisodeFinding;
  /** Answers and notes on it, oldest first. */
  marks: Mark[];
  /** What a model guessed about it; absent where none did. */
  guess?: KnownGuess;
  /** null while it is on. */
  ending: Ending | null;
  lasted_ms: number | null;
  /** Earlier ones that it is the return of, the nearest first. */
  before: NearIncident[];
  /** Later ones that are its returns, the first first. */
  returns: NearIncident[];
}

/** All incidents, the latest first, each linked with those it is the return of. `allMarks` are those that were left. */
export function linkIncidents(episodes: readonly EpisodeFinding[], allMarks: readonly Mark[]): Incident[] {
  const marks = withoutGuesses(allMarks);
  const inOrder = episodes.toSorted((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : a.id < b.id ? -1 : 1));
  const ordered = new Map(inOrder.map((finding) => [finding.id, { patterns: listPatterns(finding) }]));
  const weigh = weighPatterns([...ordered.values()]);
  const byTarget = groupedBy(marks, ({ target }) => target);
  const marksOn = (id: string) => byTarget.get(id) ?? [];
  const score = (from: string, to: string) => Math.round(100 * scoreNearness(ordered.get(from)!, ordered.get(to)!, weigh)) / 100;
  const describe = ({ id, since, title }: EpisodeFinding, nearness: number): NearIncident => ({
    id,
    since,
    title,
    nearness,
    ...lastWords(marksOn(id)),
  });
  const linked = inOrder.map((finding, at): Incident => {
    const guess = findGuess(allMarks, finding.id);
    return {
      finding,
      marks: marksOn(finding.id).toSorted((a, b) => (a.at < b.at ? -1 : 1)),
      ...(guess && { guess }),
      ending: findEnding(finding, marks),
      lasted_ms: finding.state === 'resolved' ? Math.max(0, Date.parse(finding.updated) - Date.parse(finding.since)) : null,
      before: inOrder
        .slice(0, at)
        .map((one) => ({ one, nearness: score(finding.id, one.id) }))
        .filter(({ nearness }) => nearness >= RETURN)
        .map(({ one, nearness }) => describe(one, nearness))
        .toSorted((a, b) => b.nearness - a.nearness || (a.since < b.since ? 1 : -1)),
      returns: [],
    };
  });
  const byId = new Map(linked.map((one) => [one.finding.id, one]));
  for (const { finding, before } of linked) for (const { id, nearness } of before) byId.get(id)!.returns.push(describe(finding, nearness));
  return linked.toReversed();
}

/** The last text and the last link of what was said. */
function lastWords(about: readonly Mark[]): Pick<NearIncident, 'note' | 'link'> {
  const note = about.findLast(({ text }) => text !== undefined)?.text;
  const link = about.findLast((mark) => mark.link !== undefined)?.link;
  return { ...(note === undefined ? {} : { note }), ...(link === undefined ? {} : { link }) };
}

/** Its patterns in the order in which they began to move, by their templates. */
const listPatterns = ({ result }: EpisodeFinding): string[] =>
  result.members.map(({ template_id: template, topic_id: topic }) => template ?? topic);

/** What ended it: a person who resolved it, a change shortly before, else that all was calm again; null while it is on. */
export function findEnding({ id, state, since, updated, result }: EpisodeFinding, marks: readonly Mark[]): Ending | null {
  if (state !== 'resolved') return null;
  const resolved = marks.findLast(({ type, target }) => type === 'resolve' && target === id);
  if (resolved)
    return { by: 'person', who: resolved.who, at: resolved.at, ...(resolved.text === undefined ? {} : { text: resolved.text }) };
  const [began, ended] = [Date.parse(since), Date.parse(updated)];
  const change = marks.findLast(
    ({ type, at }) => type === 'change' && Date.parse(at) > began && Date.parse(at) <= ended && ended - Date.parse(at) <= ENDED_AFTER,
  );
  if (change) return { by: 'change', text: change.text ?? '', at: change.at };
  return { by: 'calm', windows: result.clear_needed };
}
