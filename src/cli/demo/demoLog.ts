import { minute, second, speak, type Dice, type Voice as Spoken } from './voices.ts';

type Voice = Spoken & { level: 'INFO' | 'WARN' | 'ERROR' };

const lines = (voices: readonly Voice[], start: number, end: number): string =>
  speak(voices, { start, end, write: ({ level }, time, text) => `${new Date(time).toISOString()} ${level} DataNode: ${text}` });

/** The demo's night: an hour of calm from here, then a quarter of an hour in which a disk dies. Event time, so it never ages. */
export const quietStart = Date.UTC(2026, 2, 14, 2);
export const incidentStart = quietStart + 60 * minute;
export const incidentEnd = incidentStart + 15 * minute;
/** An hour and a half before that another disk had died, and was swapped a quarter of an hour later. */
const earlierStart = quietStart - 90 * minute;
const earlierIncident = earlierStart + 45 * minute;

const block = (any: Dice) => `blk_${1_073_741_824 + any.below(9_000_000)}`;
const address = (any: Dice) => `10.0.3.${10 + any.below(40)}:${50_000 + any.below(999)}`;

const calm = (verified: number): readonly Voice[] => [
  { level: 'INFO', every: 1_100, say: (any) => `Received ${block(any)} size ${any.below(64) * 1_048_576 + 4096} from ${address(any)}` },
  { level: 'INFO', every: 1_100, say: (any) => `PacketResponder ${any.below(3)} for ${block(any)} terminating` },
  { level: 'INFO', every: 2_900, say: (any) => `Served ${block(any)} to ${address(any)}` },
  { level: 'INFO', every: 7_000, until: verified, say: (any) => `Verification succeeded for ${block(any)}` },
  { level: 'INFO', every: 15_000, say: (any) => `Heartbeat to the namenode took ${2 + any.below(9)} ms` },
];

/** A disk begins to write slowly, fails, and takes the writes that go to it along, until it is out. */
const trouble = (start: number, disk: string, until = Number.POSITIVE_INFINITY): readonly Voice[] => [
  {
    level: 'WARN',
    every: 1_900,
    from: start + 5 * minute + 32 * second,
    until,
    say: (any) => `Slow write to disk, cost ${900 + any.below(4_000)} ms`,
  },
  {
    level: 'ERROR',
    every: 4_700,
    from: start + 7 * minute + 12 * second,
    until,
    say: (any) => `Disk failure on ${disk}${any.below(3) === 0 ? '/current' : ''} is read-only`,
  },
  {
    level: 'WARN',
    every: 1_300,
    from: start + 7 * minute + 41 * second,
    until,
    say: (any) => `writeBlock ${block(any)} IOException: Input/output error`,
  },
];

/** `earlier.log`: the hour and a half before the quiet hour, in which the disk of another host dies and is swapped. */
export const earlierLog = (): string =>
  lines([...calm(quietStart), ...trouble(earlierIncident, 'dn5, volume /data/1', earlierIncident + 21 * minute)], earlierStart, quietStart);

/** `quiet.log`: an hour in which nothing happens. */
export const quietLog = (): string => lines(calm(incidentStart), quietStart, incidentStart);

/** `incident.log`: the quarter of an hour after it. */
export const incidentLog = (): string =>
  lines([...calm(incidentStart + 5 * minute), ...trouble(incidentStart, 'dn2, volume /data/3')], incidentStart, incidentEnd);
