import type { Signal } from '../src/signal.ts';
import { migrateEpisodes } from '../src/findings/episodes/migrateEpisodes.ts';
import { rewindowEpisodes } from '../src/findings/episodes/rewindowEpisodes.ts';
import { options } from '../src/findings/episodes/options.ts';
import { EpisodeTracker } from '../src/findings/episodes/episodeTracker.ts';
import { defineOperator, type Emit, type Machine } from '../src/kernel/defineOperator.ts';

/**
 * Gathers what moves together, over all groups, into episodes: what is sent as one message and updated in place.
 *
 * Patterns that are new, back, rising or gone, and findings that fire, within `window` of each other are one episode. It is
 * emitted `group_wait` after it began, again when somebody joins or its numbers change, and is resolved after two windows in
 * which all of its members were calm. Its id is the same for its whole life. It says what moved when, what the members have
 * in common, which changes came before, and which past episodes were like it.
 *
 * Findings that begin to fire wait for company just as long; those of an episode say of which.
 *
 * ```text
 * in     (xy)-z----c----c----|    x, y, z = blips of patterns that move, c of one that is calm
 *        episodes({ groupWait: '2m' })
 * out    (xy)-(EzE)c----c----(R|)    E = one episode of x and y, then of all three, R = resolved: all are calm
 * ```
 */
export const episodes = defineOperator({
  name: 'episodes',
  summary: 'Gathers what moves together over all groups into episodes, sent once and updated in place.',
  options,
  consume: true,
  accepts: ['blip', 'radar', 'finding', 'mark'],
  emits: ['blip', 'radar', 'finding', 'mark'],
  ports: {
    findings: (signal) => signal.kind === 'finding',
    episodes: (signal) => signal.kind === 'finding' && (signal as Extract<Signal, { kind: 'finding' }>).finding.type === 'episode',
  },
  changes: {
    states: 'threshold',
    minScore: 'threshold',
    minPatterns: 'threshold',
    window: 'threshold',
    groupWait: 'threshold',
    repeatInterval: 'threshold',
    clearAfter: 'threshold',
    changesBefore: 'view',
    remember: 'view',
    maxGroups: 'view',
  },
  rewindow: rewindowEpisodes,
  stateVersion: 2,
  migrate: migrateEpisodes,
  machine: (given): Machine<EpisodeTracker, Signal, Signal> => ({
    start: () => new EpisodeTracker(given),
    step(tracker, signal, emit: Emit<Signal>) {
      if (signal.kind === 'blip' || signal.kind === 'mark') emit(signal);
      tracker.take(signal, emit);
      if (signal.kind === 'radar') emit(signal);
    },
    due: (tracker) => tracker.due(),
    tick: (tracker, time, emit) => tracker.tick(time, emit),
    end: (tracker, emit) => tracker.end(emit),
    save: (tracker) => tracker.save(),
    load: (json) => EpisodeTracker.load(json, given),
  }),
});
