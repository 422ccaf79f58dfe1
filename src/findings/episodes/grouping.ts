import { evictOldest } from '../../base/evictOldest.ts';
import { join, startEpisode, type Episode } from './episode.ts';
import type { Member } from './member.ts';
import type { Options } from './options.ts';
import { isByChance, noteBeginning, noteTogether, startPace, type Pace } from './pace.ts';

/** What moves and belongs to no episode, and episodes that are open at once. */
const mostCandidates = 1000;
const mostEpisodes = 20;

/** What moves, and the episodes that it has become. What is still on moved when it began, and does not begin anew. */
export class EpisodeGrouping {
  open: Episode[] = [];
  readonly candidates = new Map<string, Member>();
  pace: Pace = startPace();
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** The member of that id, and the episode it belongs to; one that was taken in by topic stands for all its templates. */
  find(id: string, topic?: string): { member: Member; episode: Episode | null } | null {
    for (const episode of this.open) {
      const member = episode.members.find((one) => one.id === id || (topic !== undefined && one.topic === undefined && one.id === topic));
      if (member) return { member, episode };
    }
    const member = this.candidates.get(id) ?? (topic === undefined ? undefined : this.candidates.get(topic));
    return member ? { member, episode: null } : null;
  }

  /** Something moves: it joins what moved shortly before or after, where that is more than chance. Returns the episode it is part of now, if any. */
  add(member: Member, now: number): Episode | null {
    const { window, groupWait } = this.#options;
    const isAlike = (other: Member) => Boolean(other.already_on) === Boolean(member.already_on);
    const running = this.open.findLast(
      ({ since, joined, members }) => member.at >= since - window && member.at <= joined + window && members.some(isAlike),
    );
    if (running) {
      join(running, member);
      return running;
    }
    evictOldest(this.candidates, mostCandidates - 1);
    this.candidates.set(member.id, member);
    noteBeginning(this.pace, now);
    const near = [...this.candidates.values()].filter((one) => Math.abs(one.at - member.at) <= window && isAlike(one));
    const together = this.#moreThanChance(near, member.at, now);
    if (together.length === 0 || this.open.length >= mostEpisodes) return null;
    noteTogether(this.pace, together.length);
    for (const { id } of together) this.candidates.delete(id);
    const episode = startEpisode(together, now, groupWait);
    this.open.push(episode);
    return episode;
  }

  /** As many of those that began nearest to that time as are together by more than chance; none where that is not enough. */
  #moreThanChance(members: readonly Member[], at: number, now: number): Member[] {
    const byDistance = members.toSorted((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at));
    for (let many = byDistance.length; many >= this.#options.minPatterns; many -= 1) {
      const together = byDistance.slice(0, many);
      const times = together.map((one) => one.at);
      if (!isByChance(this.pace, { many, spread: Math.max(...times) - Math.min(...times), now })) return together;
    }
    return [];
  }
}
