import type { RadarStatus } from '../../src/views/radar/radarStatus.ts';
import { context } from '../../src/views/explain/context.ts';
import { collectedTable } from '../../src/views/tables/collectedTable.ts';
import { differenceLines } from '../../src/views/tables/difference.ts';
import { eventLines } from '../../src/views/tables/eventLines.ts';
import { exportedLines } from '../../src/views/tables/exported.ts';
import { explain } from '../../src/views/explain/explain.ts';
import { finding } from '../../src/views/finding/finding.ts';
import { findingLine } from '../../src/views/finding/findingLine.ts';
import { groupsTable } from '../../src/views/tables/groupsTable.ts';
import { radarLines } from '../../src/views/radar/radarLines.ts';
import { summary } from '../../src/views/summary/summary.ts';
import { lineageTable } from '../../src/views/tables/lineageTable.ts';
import { notHeld } from '../../src/views/summary/notHeld.ts';
import { topicsTable } from '../../src/views/tables/topicsTable.ts';
import type { ViewOptions } from '../../src/views/text/viewOptions.ts';
import { event } from './storeFixture.ts';
import {
  contextResult,
  episode,
  failure,
  quiet,
  radarAfter,
  radarOfAll,
  radarOfGroup,
  runSummary,
  sampleBlip,
  spike,
} from './viewSamples.ts';
import { changedFinding } from './findings.ts';

export type Page = (view: ViewOptions) => string[];

const at = (time: string) => Date.parse(`2026-05-04T${time}Z`);
const status: RadarStatus = {
  live: { behindMs: 6_400 },
  change: { text: 'payments v412', at: at('09:48:00') },
  silenced: { s5vd00: at('12:00:00') },
};

/** Every page there is, over the sample data. */
export const pages: Readonly<Record<string, Page>> = {
  radarGroup: (view) => radarLines({ radar: radarOfGroup, status }, view),
  radarEarlier: (view) => radarLines({ radar: radarAfter, status: {} }, view),
  radarAllEarlier: (view) => radarLines({ radar: { ...radarAfter, group_id: null, groups: 3 }, findings: [quiet] }, view),
  radarAll: (view) =>
    radarLines({ radar: radarOfAll, findings: [episode, quiet, spike], status: { ...status, groups: { live: 3, all: 4 } } }, view),
  explain: (view) =>
    explain(
      {
        blip: failure,
        history: { memory_ms: 12 * 86_400_000 },
        templates: [{ text: 'Payment gateway <host> refused <id>: timeout after <n> ms', count: 42 }],
      },
      view,
    ),
  explainNotes: (view) =>
    explain(
      {
        blip: {
          ...failure,
          trend: [0, 0, 0, 0, 0, 0, 0, 42, 0, 0, 0, 0],
        },
        notes: [
          { type: 'ack', who: 'ana', at: '2026-05-04T10:01:00Z' },
          { type: 'note', who: 'ana', at: '2026-05-03T10:04:00Z', text: 'gateway restarted', link: 'https://tracker.example/INC-1042' },
        ],
      },
      view,
    ),
  context: (view) => context(contextResult, view),
  contextAt: (view) =>
    context(
      {
        ...contextResult,
        query: 'at that time',
        nearest: contextResult.nearest.map((one) => ({ ...one, match: null })),
        past_episodes: [],
      },
      view,
    ),
  spikeFinding: (view) => finding(spike, view),
  episodeFinding: (view) => finding(episode, view),
  ruleFinding: (view) =>
    finding(changedFinding(quiet, { result: { ...quiet.result, seen: { last: '2026-05-04T09:38:00Z', per_day: 1.5 } } }), view),
  findingLines: (view) =>
    [spike, episode, { ...quiet, state: 'resolved' as const }].map((one) => findingLine(one, (id) => id.slice(0, 4), view)),
  summary: (view) => summary(runSummary, view),
  eventLines: (view) =>
    eventLines([event('a', 1), { ...event('b', 2, 'app:orders', 'Payment refused\n\tat pay.js:10'), metadata: { level: 'error' } }], view),
  exported: (view) =>
    exportedLines(
      {
        format: 'folder',
        path: '/var/backups/caducus/2026/05/04/orders-and-payments',
        events: 1_204_102,
        groups: 6,
        first: '2026-05-04T02:15:00.000Z',
        last: '2026-05-04T10:00:00.000Z',
        unreadable: 2,
        new: 1_204_000,
        there_already: 102,
        topics: 37,
        runs: 6,
      },
      view,
    ),
  difference: (view) =>
    differenceLines(
      {
        fresh: [
          { group_id: 'app:orders', label: 'Payment gateway <host> refused <id>: timeout after <n> ms, giving up', score: 88, rank: 1 },
        ],
        gone: [{ group_id: 'cron:billing', label: 'Invoice run <n> done', score: 12, rank: 14 }],
        moved: [
          {
            before: { group_id: 'app:orders', label: 'Retry <n> for <url>', score: 41, rank: 9 },
            after: { group_id: 'app:orders', label: 'Retry <n> for <url>', score: 73, rank: 2 },
          },
        ],
        same: 1_204,
      },
      view,
    ),
  collected: (view) =>
    collectedTable(
      [
        {
          id: 'auth',
          source: 'cloudwatch-logs',
          state: 'done',
          events: 1_204_102,
          rejected: 2,
          removed: 3,
          first: '2026-05-04T02:15:00.000Z',
          last: '2026-05-04T10:00:00.000Z',
          groups: [{ group_id: 'cloudwatch:/aws/lambda/auth', events: 1_204_102 }],
        },
        {
          id: 'orders-dlq',
          source: 'sqs',
          state: 'failed',
          events: 0,
          rejected: 0,
          removed: 0,
          first: null,
          last: null,
          groups: [],
          error: { code: 'CAD065', what: 'no such queue: orders-dlq in eu-west-1' },
        },
      ],
      view,
    ),
  groupsTable: (view) =>
    groupsTable(
      [
        { group_id: 'app:orders', events: 120_102, first: '2026-05-04T09:00:00Z', last: '2026-05-04T10:00:00Z' },
        { group_id: 'cron:billing', events: 3, first: '2026-05-04T09:00:00Z', last: '2026-05-04T09:38:00Z' },
      ],
      view,
    ),
  lineageTable: (view) =>
    lineageTable(
      [
        {
          topic_id: 'k7f2aaaa',
          label: 'session closed for user <*>',
          merged: 'topic',
          from: 'p9xabbbb',
          into: 'k7f2aaaa',
          at: '2026-03-14T03:07:12.104Z',
        },
        {
          topic_id: 'k7f2aaaa',
          label: 'session closed for user <*>',
          merged: 'template',
          from: '6vkzcccc',
          into: '52zmdddd',
          at: '2026-03-13T23:00:16.000Z',
        },
      ],
      view,
    ),
  notHeld: (view) => notHeld({ late: 3, unknown: 1, overflowed: 1204, templates_evicted: 12, topics_forgotten: 0 }, view),
  topicsTable: (view) =>
    topicsTable(
      [
        failure,
        sampleBlip(),
        sampleBlip({
          topic_id: 'zz',
          group_id: 'cron:billing',
          templates: 3,
          label: 'Invoice run <n> done',
          tier: 'cold',
          weight: 0.2,
          temporal: 'known',
        }),
      ],
      view,
    ),
};
