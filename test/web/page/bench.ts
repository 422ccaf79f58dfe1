import { startBoard } from '../../../src/board/board.ts';
import { reduceBoard } from '../../../src/board/reduceBoard.ts';
import { viewBoard, viewFinding, viewBlip, viewRadar } from '../../../src/board/viewBoard.ts';
import { viewMembers } from '../../../src/board/viewEpisodes.ts';
import { CaducusError } from '../../../src/errors.ts';
import { toIso } from '../../../src/event.ts';
import { nodeIo } from '../../../src/io.ts';
import { bitTerms } from '../../../src/views/explain/bitTerms.ts';
import type { Blip, Mark, Signal } from '../../../src/signal.ts';
import { Assets } from '../../../src/web/api/assets.ts';
import type { RadarApi } from '../../../src/web/api/radarApi.ts';
import { serveRadar, type RadarServer, type ServeRadarOptions } from '../../../src/web/api/serveRadar.ts';

export interface Bench {
  address: string;
  server: RadarServer;
  /** Marks that were given, the last one last. */
  marks: Mark[];
  send(...signals: Signal[]): void;
  /** Stops it, and starts it again on the same port. */
  restart(between?: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** A radar to be looked at: a board that is told what to show, behind the real server. `now`: of its clock, milliseconds. */
export async function openBench(
  folder: string,
  now: number,
  options: Partial<ServeRadarOptions> & { live?: boolean } = {},
): Promise<Bench> {
  const io = nodeIo();
  const board = startBoard();
  const marks: Mark[] = [];
  const standing = {
    pipeline: 'hdfs-radar',
    live: options.live ?? true,
    problem: null,
    watermark: now,
    rate: 189,
    sources: [{ id: 'in', received: 1_204_518, events_per_second: 189, behind_ms: 4000 }],
  };
  const view = () => viewBoard(board, standing, now);
  const rowOf = (id: string): Blip => {
    const all = [...(board.early?.blips ?? []), ...(board.radar?.blips ?? []), ...[...board.rows.values()].flat()];
    const blip = all.find(({ topic_id: topic }) => topic.startsWith(id));
    if (!blip) throw new CaducusError('CAD002', {}, `no pattern has an id that begins with "${id}"`);
    return blip;
  };
  const idle = { in: 0, out: 0, in_rate: 0, out_rate: 0, held: 0, lost: 0, behind_ms: null, trouble: null };
  const api: RadarApi = {
    view,
    viewAt: (at) => {
      const radar = board.radar;
      return radar && Date.parse(radar.start) <= at && at < Date.parse(radar.end) ? { ...view(), radar: viewRadar(radar) } : null;
    },
    async pattern(id) {
      const blip = rowOf(id);
      const { terms, sum } = bitTerms(blip, (one) => one.slice(0, 4));
      return {
        kind: 'pattern',
        of: 'hdfs-radar',
        blip: viewBlip(blip),
        why: { terms, bits: sum },
        history: { first: blip.first_seen, last: blip.last_seen, memory_ms: 34 * 86_400_000, count_7d: blip.total, parts: [], moves: [] },
        templates: [],
        notes: marks.filter(({ target }) => target === blip.topic_id),
        findings: view().findings.map(({ id: finding, type, state, title }) => ({ id: finding, type, state, title })),
        context: {
          query: blip.label,
          as_of: toIso(now),
          searched: { patterns: 118, groups: 6, memory_ms: 0, by: 'lexical' },
          nearest: [],
          same_minutes: {
            before: [{ topic_id: 'p9xa11', text: '1m 40s earlier, returning' }, { text: 'change hdfs-config r214' }],
            during: [{ topic_id: 'm3qd33', text: '29s later, 38x' }],
            after: [{ topic_id: 'q8tj55', text: '2m 43s later' }],
          },
          past_episodes: [
            {
              id: 'e4aa00',
              at: '2026-02-11T04:20:00.000Z',
              lasted_ms: 41 * 60_000,
              values: ['dn5'],
              note: 'disk swapped',
              link: 'https://tracker.example/INC-0987',
            },
          ],
        },
        known: Object.fromEntries(
          ['p9xa11', 'm3qd33', 'q8tj55'].flatMap((one) => {
            const row = board.rows.get(one)?.[0];
            return row ? [[one, { label: row.label, parts: viewBlip(row).parts }]] : [];
          }),
        ),
      };
    },
    async episode(id) {
      const finding = board.open.get(id) ?? [...board.open.values()].find((one) => one.id.startsWith(id));
      if (!finding) throw new CaducusError('CAD002', {}, `no finding has an id that begins with "${id}"`);
      const rows = new Map([...board.rows].map(([topic, blips]) => [topic, blips[0]!]));
      for (const blip of board.early?.blips ?? []) rows.set(blip.topic_id, blip);
      const members = finding.type === 'episode' ? viewMembers(finding, rows) : [];
      const series = members.flatMap(({ topic_id, row }) =>
        row ? [{ topic_id, from: toIso(Date.parse(row.end) - 12 * 300_000), cell_ms: 300_000, counts: row.trend }] : [],
      );
      return {
        kind: 'finding',
        of: 'hdfs-radar',
        finding: viewFinding(finding, rows),
        as_of: toIso(now),
        notes: marks,
        members,
        series,
        changes: finding.type === 'episode' ? finding.result.changes : [],
        past_episodes: [],
        past_members: [
          {
            id: 'e4aa00',
            members: [
              { topic_id: 'p9xa11', offset_ms: 0 },
              { topic_id: 'm3qd33', offset_ms: 200_000 },
              { topic_id: 'gone01', offset_ms: 210_000 },
              { topic_id: 'q8tj55', offset_ms: 360_000 },
            ],
          },
        ],
        usually_before: [],
      };
    },
    async whyNot(subject, at) {
      const from = toIso(at ?? now - 300_000);
      return {
        subject,
        from,
        to: toIso(Date.parse(from) + 300_000),
        steps: [
          { stage: 'received', text: '1,204 lines, newest 03:09:58Z, 0 late, 0 rejected' },
          { stage: 'rule', text: 'new-error  state rising, not new or returning: no', stopped: true },
        ],
        stopped: 'rule',
      };
    },
    graph: () => ({
      name: 'hdfs-radar',
      parts: [
        { ...idle, type: 'source', id: 'hdfs', verb: 'file', from: [], out: 1_204_518, out_rate: 1204 },
        { ...idle, type: 'operator', id: 'memory', verb: 'memory', from: ['hdfs'], in_rate: 1204, out_rate: 0.2 },
        { ...idle, type: 'operator', id: 'rules', verb: 'rules', from: ['memory'], in_rate: 0.2 },
        { ...idle, type: 'sink', id: 'pager', verb: 'webhook', from: ['rules.findings'], held: 4, trouble: 'HTTP 503' },
      ],
    }),
    async mark({ type, target, for_ms: lasting, text, link, who }, proxied) {
      const mark: Mark = {
        id: `m${marks.length}`,
        type,
        target,
        who: proxied ?? who ?? 'oncall',
        at: toIso(now),
        ...(lasting && { until: toIso(now + lasting) }),
        ...(text && { text }),
        ...(link && { link }),
      };
      marks.push(mark);
      send({ kind: 'mark', time: now, key: '', mark });
      return mark;
    },
  };
  const assets = await Assets.read(io.files, folder);
  const start = (address: string) =>
    serveRadar(io, api, assets, {
      address,
      holds: false,
      token: null,
      hosts: [],
      origins: [],
      userHeader: null,
      ackUsers: [],
      ...options,
    });
  let server = await start(options.address ?? '127.0.0.1:0');
  const { port } = server;
  function send(...signals: Signal[]) {
    for (const signal of signals) {
      reduceBoard(board, signal);
      if (signal.kind === 'finding') server.finding(signal.finding);
      else if (signal.kind === 'mark') server.mark(signal.mark);
      else if (signal.kind === 'radar') server.changed();
    }
  }
  return {
    address: `http://127.0.0.1:${port}/`,
    get server() {
      return server;
    },
    marks,
    send,
    async restart(between) {
      await server.close();
      await between?.();
      server = await start(`127.0.0.1:${port}`);
    },
    close: () => server.close(),
  };
}
