// One file, because it is one night: every number in it belongs to the others.
import { toIso } from '../../../src/event.ts';
import type { Blip, EpisodeFinding, Finding, Radar, RuleFinding, Signal, Slot } from '../../../src/signal.ts';
import { blipSignal, findingSignal, markSignal, width } from '../../support/blips.ts';

/** The night of the drawn pictures: an hour of calm and more, a change at 02:58, a disk that dies at 03:05:32. */
export const windows = 37;
export const began = Date.parse('2026-03-14T03:05:32Z');
/** End of the open window. */
export const end = Date.parse('2026-03-14T03:15:00Z');
export const first = end - windows * width;

const host: Slot = { type: 'host', values: [{ value: 'dn2', count: 61 }], distinct: 1 };
const many = (type: string): Slot => ({
  type,
  values: [
    { value: '/data/3', count: 21 },
    { value: '/data/3/current', count: 17 },
  ],
  distinct: 2,
});

interface Drawn {
  id: string;
  group: string;
  pattern: string;
  slots?: Slot[];
  level: Blip['level'];
  state: Blip['state'];
  usual: number;
  /** Its counts in the last two windows, and how it is judged there. */
  now: [number, number];
  score: [number, number];
}

const datanode = 'cloudwatch:/hdfs/datanode';
/** What moves in the last two windows. */
export const movers: Drawn[] = [
  {
    id: 'p9xa11',
    group: datanode,
    pattern: 'Slow write to disk on dn2, cost <n> ms',
    slots: [host, many('n')],
    level: 'WARN',
    state: 'returning',
    usual: 0,
    now: [212, 443],
    score: [71, 83],
  },
  {
    id: 'k7f222',
    group: datanode,
    pattern: 'Disk failure on dn2, volume <path>',
    slots: [host, many('path')],
    level: 'ERROR',
    state: 'new',
    usual: 0,
    now: [38, 61],
    score: [96, 98],
  },
  {
    id: 'm3qd33',
    group: datanode,
    pattern: 'writeBlock <id> to dn2 IOException <*>',
    slots: [many('id'), host, many('*')],
    level: 'WARN',
    state: 'rising',
    usual: 61,
    now: [1204, 2310],
    score: [88, 92],
  },
  {
    id: 'w2hn44',
    group: 'alertmanager:hdfs',
    pattern: 'DataNodeVolumeFailed dn2, critical',
    slots: [host],
    level: 'ERROR',
    state: 'new',
    usual: 0,
    now: [1, 1],
    score: [74, 74],
  },
  {
    id: 'q8tj55',
    group: 'sqs-dlq:block-writes-dlq',
    pattern: 'PutBlock to dn2 timed out after 3 tries',
    slots: [host],
    level: 'ERROR',
    state: 'returning',
    usual: 0,
    now: [3, 17],
    score: [22, 81],
  },
  {
    id: 'c4ne66',
    group: datanode,
    pattern: 'Verification succeeded for <id>',
    slots: [many('id')],
    level: 'INFO',
    state: 'gone',
    usual: 240,
    now: [51, 0],
    score: [19, 64],
  },
  {
    id: 'z3lm77',
    group: 'cloudwatch:/aws/lambda/auth',
    pattern: 'JWT expired <id>',
    slots: [many('id')],
    level: 'ERROR',
    state: 'rising',
    usual: 6,
    now: [9, 27],
    score: [21, 41],
  },
  {
    id: 'y6ro88',
    group: 'cloudwatch:/aws/lambda/edge',
    pattern: 'Retry <n> for <url>',
    slots: [many('n'), many('url')],
    level: 'WARN',
    state: 'new',
    usual: 0,
    now: [0, 3],
    score: [0, 22],
  },
];

/** What goes on as ever. */
export const steady: Drawn[] = [
  {
    id: 't6wb00',
    group: datanode,
    pattern: 'Received <id> size <n> from <ip>',
    slots: [many('id'), many('n'), many('ip')],
    level: 'INFO',
    state: 'steady',
    usual: 17_120,
    now: [17_204, 17_310],
    score: [4, 4],
  },
  {
    id: 'b1ll99',
    group: 'cloudwatch:/aws/lambda/bill',
    pattern: 'Invoice <id> sent',
    slots: [many('id')],
    level: 'INFO',
    state: 'steady',
    usual: 140,
    now: [0, 0],
    score: [0, 0],
  },
  {
    id: 'edge00',
    group: 'cloudwatch:/aws/lambda/edge',
    pattern: 'Served <path>',
    slots: [many('path')],
    level: 'INFO',
    state: 'steady',
    usual: 900,
    now: [910, 880],
    score: [1, 1],
  },
  {
    id: 'auth00',
    group: 'cloudwatch:/aws/lambda/auth',
    pattern: 'Login <id>',
    slots: [many('id')],
    level: 'INFO',
    state: 'steady',
    usual: 300,
    now: [310, 290],
    score: [1, 1],
  },
  {
    id: 'heart0',
    group: 'alertmanager:hdfs',
    pattern: 'Watchdog',
    level: 'INFO',
    state: 'steady',
    usual: 30,
    now: [30, 30],
    score: [0, 0],
  },
  {
    id: 'queue0',
    group: 'sqs-dlq:block-writes-dlq',
    pattern: 'Poll <n>',
    slots: [many('n')],
    level: 'INFO',
    state: 'steady',
    usual: 30,
    now: [30, 30],
    score: [0, 0],
  },
];

/** A line of a pattern in a window: the `n`th, of which the last but one is closed and the last open. */
export function blipOf(one: Drawn, n: number): Blip {
  const stop = first + (n + 1) * width;
  const late = n - (windows - 2);
  const calm = one.usual;
  const count = late >= 0 ? one.now[late]! : one.id === 'b1ll99' && n > windows - 6 ? 0 : calm;
  const trend = Array.from({ length: 12 }, (_, i) => {
    const at = n - 11 + i - (windows - 2);
    return at >= 0 ? one.now[at]! : at >= -3 && one.id === 'b1ll99' ? 0 : Math.round(calm * (1 + ((i * 7) % 5) / 50));
  });
  const { blip } = blipSignal(one.id, stop);
  const noise = (n * 7 + one.id.charCodeAt(0)) % 41 === 0 && calm > 0 && late < 0 ? 24 : 2;
  const seen = late === 1 ? end - 20_000 : stop - 1000;
  return {
    ...blip,
    group_id: one.group,
    label: one.pattern,
    pattern: one.pattern,
    slots: one.slots ?? [],
    level: one.level,
    state: late >= 0 ? one.state : 'steady',
    usual: calm,
    count,
    trend,
    open: late === 1,
    score: late >= 0 ? one.score[late]! : noise,
    first_seen: toIso(calm > 0 ? first : began),
    last_seen: toIso(one.id === 'b1ll99' ? Math.min(seen, end - 22 * 60_000) : seen),
    total: 38,
    exemplars: [
      { event_id: 'a', timestamp: toIso(began + 100_104), text: one.pattern.replaceAll(/<\w+>|<\*>/g, '/data/3') },
      { event_id: 'b', timestamp: toIso(began + 200_104), text: one.pattern.replaceAll(/<\w+>|<\*>/g, '/data/3/current') },
    ],
    bits: { surprise: 21.9, burst: 24.3, novelty: 9.1, severity: 6, together: 7.2, total: 46.6 },
    why: { seen: 38, expected: 0.02, burst: { minutes: 1, count: 17, expected: 0.004 }, first_ever: true, new_per_day: 0.3 },
    together: ['p9xa11', 'm3qd33'],
  };
}

function radarOf(n: number): Signal {
  const blips = [...movers, ...steady].map((one) => blipOf(one, n)).filter(({ count, usual }) => count > 0 || (usual ?? 0) > 0);
  const ranked = blips.sort((a, b) => b.score - a.score).slice(0, 8);
  const radar: Radar = {
    group_id: null,
    start: toIso(first + n * width),
    end: toIso(first + (n + 1) * width),
    open: n === windows - 1,
    events: 52_904,
    groups: 6,
    patterns: 118,
    new_patterns: n >= windows - 2 ? 2 : 0,
    blips: ranked,
    rest: { patterns: 110, events: 50_042, states: { steady: 109, falling: 1 } },
    ...(n === windows - 1 && {
      earlier: [
        {
          ...blipOf(movers[7]!, n),
          topic_id: 'e2bn00',
          template_id: 'e2bn00',
          label: 'Upstream <host> answered 502 to <path>',
          pattern: 'Upstream <host> answered 502 to <path>',
          slots: [many('host'), many('path')],
          level: 'WARN' as const,
          state: 'rising' as const,
          count: 94,
          usual: 12,
          score: 45,
          start: toIso(end - 10 * width),
          end: toIso(end - 9 * width),
          trend_now: [12, 11, 94, 51, 12, 12, 11, 12, 12, 12, 11, 12],
          until: toIso(end - 9 * width),
        },
      ],
    }),
  };
  return { kind: 'radar', time: Date.parse(radar.end), key: '', radar };
}

/** The episode, as it stands in the open window. */
export function episodeFinding(state: Finding['state'] = 'firing'): EpisodeFinding {
  const offsets = [0, 100_000, 129_000, 178_000, 263_000];
  const members = movers.slice(0, 5).map((one, i) => ({
    topic_id: one.id,
    group_id: one.group,
    at: toIso(began + offsets[i]!),
    state: one.state,
    count: one.now[1],
    label: one.pattern,
  }));
  return {
    id: 'e7c100',
    rule: 'episodes',
    type: 'episode',
    state,
    severity: 'critical',
    group_id: datanode,
    title: 'Slow write to disk on dn2, and 4 more patterns in 3 groups',
    since: toIso(began),
    updated: toIso(end - 20_000),
    result: {
      score: 98,
      members,
      groups: 3,
      changes: [{ at: '2026-03-14T02:58:00.000Z', text: 'hdfs-config r214' }],
      in_common: [
        { value: 'dn2', in: 5, of: 5 },
        { value: '/data/3', in: 3, of: 5 },
      ],
      came_first: [
        {
          kind: 'change',
          what: 'hdfs-config r214',
          bits: 5.2,
          evidence: [{ why: 'just before', bits: 5.2, earlier_ms: 452_000 }],
          precedents: { in: 0, of: 1 },
        },
        {
          kind: 'group',
          what: datanode,
          group_id: datanode,
          bits: 3.1,
          evidence: [
            { why: 'order', bits: 2, in: 2, of: 2 },
            { why: 'named', bits: -1.5, in: 0, of: 2 },
          ],
          precedents: { in: 1, of: 1 },
        },
      ],
      seen_before: [
        {
          id: 'e4aa00',
          at: '2026-02-11T04:20:00.000Z',
          lasted_ms: 41 * 60_000,
          patterns: 3,
          of: 5,
          note: 'disk swapped',
          link: 'https://tracker.example/INC-0987',
        },
      ],
      clear_windows: 0,
      clear_needed: 2,
    },
  };
}

const findingOf = (id: string, at: number, topic: string | undefined, more: Partial<RuleFinding>): Signal => {
  const drawn = movers.find((one) => one.id === topic);
  const base = findingSignal(id, at).finding;
  return {
    kind: 'finding',
    time: at,
    key: '',
    finding: {
      ...base,
      type: 'rule',
      rule: 'new-error',
      result: {},
      group_id: drawn?.group ?? 'cloudwatch:/aws/lambda/bill',
      title: drawn?.pattern ?? '',
      topic_id: topic,
      ...more,
    } as RuleFinding,
  };
};

/** The windows that are over, the calm ones before it and the first of the incident. */
export function past(): Signal[] {
  return Array.from({ length: windows - 1 }, (_, n) => [
    ...[...movers, ...steady]
      .map((one) => blipOf(one, n))
      .filter(({ count, usual }) => count > 0 || (usual ?? 0) > 0)
      .map((blip): Signal => ({ kind: 'blip', time: Date.parse(blip.end), key: blip.group_id, blip })),
    radarOf(n),
  ]).flat();
}

/** What the open window tells, and what was found. */
export function now(): Signal[] {
  return [
    markSignal({ id: 'change', type: 'change', text: 'hdfs-config r214', who: 'deploy' }, Date.parse('2026-03-14T02:58:00Z')),
    { kind: 'finding', time: end, key: '', finding: episodeFinding() },
    findingOf('f0kd00', began + 178_000, 'k7f222', {
      severity: 'critical',
      result: { episode: { id: 'e7c100', sent_to: 'pager', sent_at: '2026-03-14T03:08:31.000Z' } },
    }),
    findingOf('f3a900', end - 5 * 60_000, 'm3qd33', { rule: 'spike-up', result: { value: 2310, usual: 61 } }),
    findingOf('f7wn00', end - 20 * 60_000, undefined, {
      rule: 'went-quiet',
      title: 'cloudwatch:/aws/lambda/bill went quiet',
      state: 'acked',
      result: { no_data: true, usual_gap_ms: 12_000 },
    }),
    markSignal(
      { id: 'quiet', type: 'ack', target: 'f7wn00', who: 'lea', text: 'moved to batch', until: '2026-03-14T05:00:00.000Z' },
      end - 10 * 60_000,
    ),
    radarOf(windows - 1),
  ];
}
