import { eightServices, incidentAt, services, type Kind } from './eightServices.ts';
import type { Line, Message, Outcome } from './playLines.ts';
import { drawHabits, quietWeek, START, usualHabits } from './quietWeek.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** Lines that are played, and what of them must be told. */
export interface OnCallCase {
  name: string;
  must: string;
  lines(seed: number): Iterable<Line>;
  /** What is wrong with what was told; null when nothing is. */
  judge(outcome: Outcome): string | null;
}

const hoursOf: Partial<Record<Kind, number>> = { cert: 1 };
const play = (kind: Kind, hours = hoursOf[kind] ?? 1, days = 3) => ({
  begun: incidentAt({ days, hours }),
  lines: linesOf(kind, hours, days),
});
const linesOf =
  (kind: Kind, hours: number, days: number) =>
  (seed: number): Iterable<Line> =>
    eightServices({ kind, days, hours, seed });

const during = (messages: readonly Message[], begun: number): Message[] => messages.filter(({ at }) => at >= begun);
const first = (...wrong: (string | false)[]): string | null => wrong.find((one) => one !== false) || null;

/** One message, about that group, soon, and under one title. */
function judgeOne({ messages }: Outcome, begun: number, group: string, within: number): string | null {
  const [one, ...others] = during(messages, begun);
  if (!one) return 'nothing told';
  return first(
    others.length > 0 && `${others.length + 1} messages`,
    one.first.group_id !== group && `about ${one.first.group_id}`,
    one.at > begun + within && `told after ${Math.round((one.at - begun) / MINUTE)} min`,
    one.last.title !== one.first.title && `title became "${one.last.title}"`,
  );
}

/** What else came before, when nothing had happened. */
const judgeBefore = ({ messages }: Outcome, begun: number, most: number): string | null => {
  const before = messages.filter(({ at }) => at < begun).length;
  return before > most ? `${before} messages before it` : null;
};

function noMore(name: Kind, most: number, must: string): OnCallCase {
  const { begun, lines } = play(name);
  return {
    name,
    must,
    lines,
    judge: (outcome) => {
      const sent = during(outcome.messages, begun);
      return first(sent.length > most && `${sent.length} messages`) ?? judgeBefore(outcome, begun, 2);
    },
  };
}

function quietCases(): OnCallCase[] {
  const most = (limit: number) => (outcome: Outcome) => first(outcome.messages.length > limit && `${outcome.messages.length} messages`);
  const missed = (due: number) => (outcome: Outcome) => {
    const from = START + 6 * DAY;
    const late = outcome.messages.filter(({ at }) => at >= from);
    const told = late.find(({ at, first: { group_id: group } }) => at <= due && ['batch', 'hourly'].includes(group));
    return (
      first(
        !told && 'missed job not told in time',
        outcome.messages.length - late.length > 1 && `${outcome.messages.length - late.length} before`,
      ) ?? first(late.length > 2 && `${late.length} messages after`)
    );
  };
  return [
    { name: 'quiet week', must: 'at most 1 message', lines: (seed) => quietWeek(seed), judge: most(1) },
    {
      name: 'odd weeks',
      must: 'at most 1 message, other habits each seed',
      lines: (seed) => quietWeek(seed, drawHabits(seed)),
      judge: most(1),
    },
    {
      name: 'no batch',
      must: 'that and the missed job by 02:30',
      lines: (seed) => quietWeek(seed, usualHabits, 6),
      judge: missed(START + 6 * DAY + 150 * MINUTE),
    },
  ];
}

function certCases(): OnCallCase[] {
  const long = play('cert', 20);
  const short = play('cert', 1);
  const late = play('cert', 20);
  return [
    {
      name: 'cert 20 h',
      must: 'one message from the first minutes to the end, its row on top throughout',
      lines: long.lines,
      judge: (outcome) =>
        judgeOne(outcome, long.begun, 'checkout', 2 * MINUTE) ??
        first(
          during(outcome.messages, long.begun)[0]!.until !== null && 'resolved',
          !isOnTop(outcome, long.begun, 'checkout') && 'row not on top',
        ),
    },
    {
      name: 'cert begun before',
      must: 'told at the end of the warm-up as already on',
      lines: (seed) => after(late.lines(seed), late.begun + 12 * MINUTE),
      judge: ({ messages }) =>
        first(
          !messages.some(({ at, first: { group_id: group } }) => group === 'checkout' && at < late.begun + 60 * MINUTE) && 'not told',
          messages.length > 2 && `${messages.length} messages`,
        ),
    },
    {
      name: 'cert 1 h',
      must: 'one message',
      lines: short.lines,
      judge: (outcome) => judgeOne(outcome, short.begun, 'checkout', 2 * MINUTE),
    },
  ];
}

function* after(lines: Iterable<Line>, from: number): Generator<Line> {
  for (const line of lines) if (line.at >= from) yield line;
}

const isOnTop = ({ radars }: Outcome, begun: number, group: string): boolean =>
  radars.filter(({ end }) => end > begun + 5 * MINUTE).every(({ rows }) => rows[0]?.group === group);

/** A message and a row about what only numbers say. */
function byNumbers(kind: Kind, groups: readonly string[]): OnCallCase {
  const { begun, lines } = play(kind);
  return {
    name: kind,
    must: 'a row and a message by the numbers',
    lines,
    judge: (outcome) =>
      first(
        !outcome.radars.some(({ end, rows }) => end > begun && rows.slice(0, 3).some(({ group }) => groups.includes(group))) && 'no row',
        !during(outcome.messages, begun).some(({ first: { group_id: group } }) => groups.includes(group)) && 'nothing told',
        during(outcome.messages, begun).length > 2 && `${during(outcome.messages, begun).length} messages`,
      ),
  };
}

export const cases: readonly OnCallCase[] = [
  ...quietCases(),
  ...certCases(),
  {
    name: 'failover',
    must: 'one message about billing, its title unchanged',
    ...withLines('failover', (outcome, begun) => judgeOne(outcome, begun, 'billing', 5 * MINUTE)),
  },
  {
    name: 'deploy',
    must: 'one message about orders',
    ...withLines('deploy', (outcome, begun) => judgeOne(outcome, begun, 'orders', 5 * MINUTE)),
  },
  byNumbers('latency', ['orders', 'checkout']),
  byNumbers('backlog', ['notify']),
  noMore('deploynoise', services.length, 'one note a service that was deployed at most'),
  noMore('format', 1, 'one note at most'),
  noMore('debug', 1, 'one note at most'),
  noMore('quiet', 1, 'at most 2 messages in 71 hours'),
];

function withLines(kind: Kind, judge: (outcome: Outcome, begun: number) => string | null): Pick<OnCallCase, 'lines' | 'judge'> {
  const { begun, lines } = play(kind);
  return { lines, judge: (outcome) => judge(outcome, begun) };
}
