import type { Radar } from '../../signal.ts';

/** The radar with at most so many blips; the others are counted with the rest. */
export function cutRadar(radar: Radar, top: number | undefined): Radar {
  if (top === undefined || radar.blips.length <= top) return radar;
  const left = radar.blips.slice(top);
  const states = { ...radar.rest.states };
  for (const { state } of left) states[state] = (states[state] ?? 0) + 1;
  return {
    ...radar,
    blips: radar.blips.slice(0, top),
    rest: {
      patterns: radar.rest.patterns + left.length,
      events: left.reduce((sum, { count }) => sum + count, radar.rest.events),
      states,
    },
  };
}
