// One file, because the pages are drawn of one evening, whose parts name each other.
import type { Blip, EpisodeFinding, Radar, RuleFinding, SpikeFinding } from '../../../src/signal.ts';
import type { ContextResult } from '../../../src/views/explain/contextResult.ts';
import type { RunSummary } from '../../../src/views/summary/runSummary.ts';

/** Small data for pages: made up, but as an operator would emit it. */

const bits = { surprise: 2, burst: 0, novelty: 0, severity: 1, together: 0, total: 3 };

export function sampleBlip(some: Partial<Blip> = {}): Blip {
  return {
    template_id: 'a1b2c3',
    topic_id: 'a1b2c3',
    group_id: 'app:orders',
    label: 'Order <id> paid',
    pattern: 'Order <id> paid',
    start: '2026-05-04T09:55:00.000Z',
    end: '2026-05-04T10:00:00.000Z',
    open: false,
    count: 210,
    usual: 205,
    state: 'steady',
    level: 'INFO',
    score: 3.2,
    bits,
    why: { seen: 210, expected: 205 },
    trend: [200, 190, 205, 210, 220, 199, 201, 204, 208, 215, 203, 210],
    templates: 1,
    first_seen: '2026-04-30T00:00:00.000Z',
    last_seen: '2026-05-04T09:59:58.000Z',
    total: 61_204,
    weight: 0.8,
    tier: 'hot',
    temporal: 'trending',
    exemplars: [],
    slots: [],
    ...some,
  };
}

const silent = Array<number>(11).fill(0);

export const failure = sampleBlip({
  topic_id: 'k7f2d0',
  label: 'Payment gateway pay-3 refused <id>: timeout',
  count: 42,
  usual: 0,
  state: 'new',
  level: 'ERROR',
  score: 95.4,
  trend: [...silent, 42],
  first_seen: '2026-05-04T09:57:01.250Z',
  last_seen: '2026-05-04T09:59:48.000Z',
  total: 42,
  templates: 2,
  bits: { surprise: 20.14, burst: 23.27, novelty: 8.33, severity: 6.02, together: 6.86, total: 44.46 },
  why: {
    seen: 42,
    expected: 0.021,
    burst: { count: 19, minutes: 1, expected: 0.0042 },
    first_ever: true,
    new_per_day: 0.4,
    severity_word: 'refused',
    severity_counts: 1,
    last_seen_before_close_ms: 12_000,
    moved_with: 2,
    moved_among: 9,
  },
  together: ['m3qd77', 'p9xa11'],
  slots: [
    { type: 'host', values: [{ value: 'pay-3', count: 42 }], distinct: 1 },
    {
      type: 'id',
      values: [
        { value: '80017', count: 2 },
        { value: '80044', count: 1 },
      ],
      distinct: 41,
    },
  ],
  exemplars: [
    { event_id: '1', timestamp: '2026-05-04T09:57:01.250Z', text: 'Payment gateway pay-3 refused 80017: timeout after 10000 ms' },
    { event_id: '2', timestamp: '2026-05-04T09:58:30.000Z', text: 'Payment gateway pay-3 refused 80031: timeout after 10000 ms' },
    { event_id: '3', timestamp: '2026-05-04T09:59:48.000Z', text: 'Payment gateway pay-3 refused 80058: timeout after 10000 ms' },
  ],
});

export const radarOfGroup: Radar = {
  group_id: 'app:orders',
  start: failure.start,
  end: failure.end,
  open: false,
  events: 2_489,
  groups: 1,
  patterns: 9,
  new_patterns: 1,
  blips: [
    failure,
    sampleBlip({
      topic_id: 'm3qd77',
      label: 'Retry <n> of 5 for order <id>',
      level: 'WARN',
      state: 'rising',
      count: 1_204,
      usual: 61,
      score: 81,
      trend: [60, 58, 61, 62, 60, 59, 61, 63, 60, 61, 62, 1204],
    }),
    sampleBlip({
      topic_id: 'p9xa11',
      label: 'Order <id> shipped',
      state: 'gone',
      count: 0,
      usual: 190,
      score: 55,
      trend: [180, 190, 200, 185, 190, 188, 192, 190, 191, 189, 190, 0],
    }),
    sampleBlip({
      topic_id: 'p9xa22',
      label: '注文 <id> を受け付けました and a tail that is far too long for any screen to hold',
      level: null,
    }),
  ],
  rest: { patterns: 5, events: 1_033, states: { steady: 4, falling: 1 } },
};

/** Four windows later: one error goes on, and what else stood on top is over. */
export const radarAfter: Radar = {
  ...radarOfGroup,
  start: '2026-05-04T10:15:00.000Z',
  end: '2026-05-04T10:20:00.000Z',
  new_patterns: 0,
  blips: [
    sampleBlip({
      ...failure,
      state: 'steady',
      count: 40,
      usual: 38,
      score: 12,
      on_since: failure.first_seen,
      end: '2026-05-04T10:20:00.000Z',
    }),
    sampleBlip({ topic_id: 'p9xa11', label: 'Order <id> shipped', count: 190, usual: 190 }),
  ],
  earlier: [
    { ...radarOfGroup.blips[1]!, until: radarOfGroup.end, trend_now: [62, 60, 59, 61, 63, 60, 61, 1204, 60, 61, 62, 60] },
    { ...radarOfGroup.blips[2]!, until: '2026-05-04T10:10:00.000Z', trend_now: [180, 190, 200, 185, 190, 188, 192, 190, 0, 0, 0, 190] },
  ],
};

const member = (topic_id: string, time: string, state: string, count: number, group_id: string, label: string) => ({
  topic_id,
  at: `2026-05-04T${time}Z`,
  state,
  count,
  group_id,
  label,
});

export const spike: SpikeFinding = {
  id: 'f3a9c0',
  rule: 'retries',
  type: 'spike',
  state: 'firing',
  severity: 'warning',
  group_id: 'app:orders',
  topic_id: 'm3qd77',
  title: 'Retry <n> of 5 for order <id>',
  since: '2026-05-04T09:55:00.000Z',
  updated: '2026-05-04T10:00:00.000Z',
  result: {
    direction: 'up',
    value: 1204,
    baseline: 61,
    usual: 61,
    start: '2026-05-04T09:55:00.000Z',
    end: '2026-05-04T10:00:00.000Z',
    score: 3.42,
    threshold: 2.1,
    detector: 'adaptive',
    learned_ms: 12 * 86_400_000,
    contributors: [
      { name: 'week', baseline: 55, residual: 1149 },
      { name: 'time_of_day', baseline: 61, residual: 1152 },
      { name: 'plain', baseline: 58, residual: 1146 },
    ],
    top: { baseline: 'time_of_day', scale: 1 },
    trend: [...silent, 20],
    trend_cell_ms: 1_800_000,
    clear_windows: 0,
    clear_needed: 2,
    episode: { id: 'e7c1aa', sent_to: 'pager', sent_at: '2026-05-04T09:58:31Z' },
  },
};

export const episode: EpisodeFinding = {
  id: 'e7c1aa',
  rule: 'episodes',
  type: 'episode',
  state: 'firing',
  severity: 'critical',
  group_id: 'app:orders',
  title: 'Payment gateway pay-3 refused <id>: timeout',
  since: '2026-05-04T09:55:32.000Z',
  updated: '2026-05-04T10:00:00.000Z',
  result: {
    score: 97,
    window_ms: 300_000,
    groups: 2,
    clear_windows: 0,
    clear_needed: 2,
    members: [
      member('m3qd77', '09:55:32', 'rising', 1204, 'app:orders', 'Retry <n> of 5 for order <id>'),
      member('k7f2d0', '09:57:01', 'new', 42, 'app:orders', 'Payment gateway pay-3 refused <id>: timeout'),
      member('q8tj55', '09:59:10', 'returning', 17, 'sqs-dlq:payments-dlq', 'Charge timed out after 3 tries'),
    ],
    changes: [{ at: '2026-05-04T09:48:00Z', text: 'payments v412' }],
    in_common: [{ value: 'pay-3', in: 3, of: 3 }],
    seen_before: [
      { id: 'e4aa01', at: '2026-02-11T04:20:00Z', lasted_ms: 2_460_000, patterns: 2, of: 3, note: 'gateway restarted', link: 'INC-0987' },
    ],
  },
};

export const quiet: RuleFinding = {
  id: 'n4kd31',
  rule: 'went-quiet',
  type: 'rule',
  state: 'firing',
  severity: 'warning',
  group_id: 'cron:billing',
  title: 'no events',
  since: '2026-05-04T09:50:00.000Z',
  updated: '2026-05-04T10:00:00.000Z',
  result: { no_data: true, quiet_ms: 1_320_000, usual: 140 },
};

export const radarOfAll: Radar = {
  ...radarOfGroup,
  group_id: null,
  open: true,
  groups: 4,
  patterns: 61,
  blips: [
    failure,
    sampleBlip({
      topic_id: 'z3lm09',
      group_id: 'cloudwatch:/aws/lambda/auth-of-the-edge',
      label: 'JWT expired <id>',
      level: 'ERROR',
      state: 'rising',
      count: 27,
      usual: 6.2,
      score: 41,
    }),
  ],
};

export const contextResult: ContextResult = {
  query: 'gateway timeout',
  as_of: '2026-05-04T10:00:00Z',
  searched: { patterns: 61, groups: 4, memory_ms: 12 * 86_400_000, by: 'lexical' },
  nearest: [
    {
      match: 0.91,
      topic_id: 'k7f2d0',
      group_id: 'app:orders',
      state: 'new',
      first_seen: '2026-05-04T09:57:01Z',
      last_seen: '2026-05-04T09:59:48Z',
      count_7d: 42,
      label: failure.label,
    },
    {
      match: 0.6,
      topic_id: 'q8tj55',
      group_id: 'sqs-dlq:payments-dlq',
      state: 'returning',
      first_seen: '2026-02-11T04:21:00Z',
      last_seen: '2026-05-04T09:59:10Z',
      count_7d: 17,
      label: 'Charge timed out after 3 tries',
    },
  ],
  when: { from: '2026-05-04T09:00:00Z', to: '2026-05-04T10:00:00Z', counts: [...silent, 42] },
  same_minutes: {
    before: [{ text: 'change payments v412' }],
    during: [{ topic_id: 'm3qd77', text: '89s earlier, 20x' }],
    after: [
      { topic_id: 'p9xa11', text: 'gone' },
      { topic_id: 'q8tj55', text: '17 messages' },
    ],
  },
  usually_before: [{ topic_id: 'm3qd77', in: 1, of: 1, earlier_ms: 360_000 }],
  past_episodes: [
    { id: 'e4aa01', at: '2026-02-11T04:20:00Z', lasted_ms: 2_460_000, values: ['pay-1'], note: 'gateway restarted', link: 'INC-0987' },
  ],
  values: [{ type: 'host', values: [{ value: 'pay-3', count: 42 }] }],
};

export const runSummary: RunSummary = {
  pipeline: 'orders-radar',
  reason: 'input ended',
  exit: 0,
  took_ms: 4_180,
  first: '2026-05-04T09:00:00Z',
  last: '2026-05-04T10:00:00Z',
  events_per_second: 28_820.4,
  peak_memory_bytes: 131 * 2 ** 20,
  received: 120_518,
  analysed: 120_102,
  duplicate: 388,
  late: 11,
  rejected: 17,
  held: 0,
  rejected_reasons: [
    { reason: 'bad JSON', count: 15 },
    { reason: 'without a time', count: 2 },
  ],
  late_to: 'late.ndjson',
  sources: [{ id: 'orders', received: 120_518, behind_ms: 0, note: 'orders.ndjson.gz, 18 MiB' }],
  sinks: [
    { id: 'store', written: 120_102, retried: 0, failed: 0, note: '4.1 MiB in segments' },
    { id: 'pager', written: 1, retried: 1, failed: 0, note: 'slowest 1.2s' },
  ],
  found: { patterns: 9, new_patterns: 1, findings: 2, episodes: 1 },
  state: { checkpoint: 12, bytes: 217_088, at: '2026-05-04T10:00:04Z' },
  disk: { used_bytes: 1.9 * 2 ** 30, limit_bytes: 5 * 2 ** 30, oldest: '2026-04-27T00:00:00Z', full_in_ms: 11 * 86_400_000 },
};
