import type { Stream } from '../fleet.ts';
import { sickHost, usualNumbers, type Numbers } from './services.ts';

/** What a fault does to its service in the n-th of its windows. */
export interface Disturbance {
  extra?: readonly Stream[];
  /** How much more often each line of the service comes. */
  factor?: (stream: Stream) => number;
  numbers?: Numbers;
}

export interface Fault {
  name: string;
  /** Windows it is played for, and the first of them in which it could be seen. */
  windows: number;
  from: number;
  /** It counts as seen only if it is seen in each of the windows that are looked at. */
  throughout?: true;
  /** Its service's job does not come. */
  missesJob?: true;
  disturb: (group: string, n: number) => Disturbance;
}

const line = (group: string, text: string, level: string, rate: number): Stream => ({ group, text: `${group} ${text}`, level, rate });

/** The line that was there on the first days and comes back. */
export const formerError = (group: string): Stream => line(group, 'replica lost its leader', 'ERROR', 3);
/** The line that is there before anybody looks. */
export const lastingError = (group: string): Stream => line(group, 'journal cannot be written', 'ERROR', 3);

/** Faults as they come to a service, each played by itself. What they are called is their label. */
export const faults: readonly Fault[] = [
  { name: 'new error', windows: 3, from: 0, disturb: (group) => ({ extra: [line(group, 'ledger is corrupt', 'ERROR', 3)] }) },
  { name: 'returning error', windows: 3, from: 0, disturb: (group) => ({ extra: [formerError(group)] }) },
  { name: 'rising warning', windows: 3, from: 0, disturb: () => ({ factor: ({ level }) => (level === 'WARN' ? 30 : 1) }) },
  { name: 'silence', windows: 3, from: 0, disturb: () => ({ factor: () => 0 }) },
  {
    name: 'slow',
    windows: 5,
    from: 0,
    disturb: (group) => ({
      factor: () => 0.7,
      numbers: { ...usualNumbers, latency: (other) => (other === group ? 6 : 1) },
    }),
  },
  {
    name: 'growing backlog',
    windows: 8,
    from: 0,
    disturb: (group, n) => ({ numbers: { ...usualNumbers, depth: (other) => (other === group ? 1.6 ** (n + 1) : 1) } }),
  },
  { name: 'missed job', windows: 5, from: 1, missesJob: true, disturb: () => ({}) },
  {
    name: 'one of twenty',
    windows: 8,
    from: 0,
    disturb: (group) => ({ numbers: { ...usualNumbers, latency: (_, host) => (host === sickHost(group) ? 8 : 1) } }),
  },
  {
    name: 'constant for 20 h',
    windows: 240,
    from: 0,
    throughout: true,
    disturb: (group) => ({ extra: [line(group, 'mirror refuses connections', 'ERROR', 3)] }),
  },
];
