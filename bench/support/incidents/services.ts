import type { Draw, Stream } from '../fleet.ts';

/** Windows of five minutes: of a day, and of the length of what is played. */
export const WINDOW = 300_000;
export const A_DAY = 288;
const SERVICES = 20;

export const services: readonly string[] = Array.from({ length: SERVICES }, (_, i) => `svc-${String.fromCharCode(97 + i)}`);

/** Twenty instances of a service. */
const hostsOf = (group: string): string[] => Array.from({ length: 20 }, (_, i) => `${group}-${String(i).padStart(2, '0')}`);
export const sickHost = (group: string): string => `${group}-07`;

/** A number with the spread that times and sizes have: most within a factor of two of `middle`. */
export const spread = (draw: Draw, middle: number): number =>
  Math.round(middle * Math.exp(0.5 * Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())));

/** What makes a service's numbers larger than usual: all of them, or those of one instance. */
export interface Numbers {
  latency: (group: string, host: string) => number;
  depth: (group: string) => number;
}
export const usualNumbers: Numbers = { latency: () => 1, depth: () => 1 };

/**
 * What the services of a fleet say all day: requests and other work at rates far apart, a number of milliseconds, the depth of
 * a queue, warnings now and then, and a regular rare error. `numbers` is asked at each line.
 */
export function listStreams(draw: Draw, numbers: () => Numbers, groups: readonly string[] = services): Stream[] {
  return groups.flatMap((group) => {
    const size = 2 ** (draw() * 3);
    const hosts = hostsOf(group);
    return [
      {
        group,
        text: (chance, host) => `${group} request served in ${spread(chance, 40 * numbers().latency(group, host))} ms`,
        level: 'INFO',
        rate: 6 + 1.5 * size,
        hosts,
      },
      { group, text: `${group} cache entry written`, level: 'INFO', rate: size, hosts },
      { group, text: `${group} token checked for client`, level: 'INFO', rate: size / 2, hosts },
      { group, text: (chance) => `${group} queue depth is ${spread(chance, 30 * numbers().depth(group))}`, level: 'INFO', rate: 3 },
      { group, text: `${group} pool nearly used up`, level: 'WARN', rate: 0.3 },
      { group, text: `${group} call upstream failed`, level: 'ERROR', rate: 0.05 + draw() * size * 0.25 },
    ] satisfies Stream[];
  });
}

/** Window of the day in which a service's job is run. */
export const jobWindow = (group: string): number => 24 + services.indexOf(group);

/** What stands beside the load in a window: deploys, jobs by the clock, lines nobody has seen before. */
export function listBesides(index: number, draw: Draw, missed: string | null): Stream[] {
  return services.flatMap((group) => {
    const besides: Stream[] = [];
    if (draw() < 0.004) besides.push({ group, text: `${group} started version v${index}`, level: 'INFO', rate: 2, exact: true });
    if (index % A_DAY === jobWindow(group) && group !== missed)
      besides.push({ group, text: `${group} nightly export finished`, level: 'INFO', rate: 1, exact: true });
    if (draw() < 0.02) {
      const word = Math.floor(draw() * 1e6)
        .toString(36)
        .replaceAll(/\d/g, 'q');
      besides.push({ group, text: `${group} plugin ${word} says ${word}ing twice`, level: 'INFO', rate: 1 });
    }
    return besides;
  });
}
