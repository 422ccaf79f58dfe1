import { join } from 'node:path';
import { listed } from '../../../config/formats.ts';
import { setNewest } from '../../base/evictOldest.ts';
import type { Page, PageRequest } from '../../io/servePages.ts';
import { packageRoot } from '../../pipeline/shipped.ts';
import type { Mark, Signal } from '../../signal.ts';
import { Assets } from '../../web/api/assets.ts';
import type { RadarApi } from '../../web/api/radarApi.ts';
import { serveRadar, type RadarServer } from '../../web/api/serveRadar.ts';
import type { CliContext } from '../shared/context.ts';
import { LiveRadarApi, type RunBehind } from './liveRadarApi.ts';

export interface OpenWebOptions {
  /** In place of the setting. */
  address?: string;
  /** Whether it keeps the process alive. */
  holds: boolean;
  beside?(request: PageRequest): Promise<Page | null>;
}

/** The radar in a browser, of a run. */
export interface OpenWeb {
  readonly port: number;
  /** Where it is, for who may click it. */
  readonly address: string;
  /** The run whose board it is, once it is open. */
  follow(run: RunBehind): void;
  /** Takes what leaves the pipeline. */
  see(signal: Signal): void;
  /** Somebody has answered elsewhere. */
  mark(mark: Mark): void;
  close(): Promise<void>;
}

/** How often a live board is sent although nothing came: what is behind, and silent, changes by itself. Milliseconds. */
const lookEvery = 5_000;

/** How many answers are remembered as known. */
const mostMarks = 10_000;

/** Serves the radar of a run, as the settings say. Throws as `serveRadar`. */
export async function openWeb(run: RunBehind, { address, holds, beside }: OpenWebOptions, context: CliContext): Promise<OpenWeb> {
  const { io, layered } = context;
  const { settings } = layered;
  const api = new LiveRadarApi(run, context);
  let server: RadarServer | null = null;
  /** Answers that are on the board, however they came there: one given here is also read in the file of answers. */
  const known = new Map<string, true>();
  const isNew = ({ id }: Mark): boolean => {
    if (known.has(id)) return false;
    setNewest(known, id, true, mostMarks);
    return true;
  };
  const withNews: RadarApi = {
    view: () => api.view(),
    viewAt: (at) => api.viewAt(at),
    pattern: (id, at) => api.pattern(id, at),
    episode: (id) => api.episode(id),
    whyNot: (subject, at) => api.whyNot(subject, at),
    graph: () => api.graph(),
    async mark(request, who) {
      const mark = await api.mark(request, who);
      if (isNew(mark)) server?.mark(mark);
      return mark;
    },
  };
  const assets = await Assets.read(io.files, join(await packageRoot(io), 'dist', 'web'));
  const listen = address ?? settings.http;
  server = await serveRadar(io, withNews, assets, {
    address: listen,
    holds,
    ...(beside && { beside }),
    token: settings.http_token || null,
    hosts: listed(settings.http_hosts).map((name) => name.toLowerCase()),
    origins: listed(settings.http_origins),
    userHeader: settings.http_user_header || null,
    ackUsers: listed(settings.http_ack_users),
  });
  const end = io.every(lookEvery, () => server.changed());
  return {
    port: server.port,
    address: writeAddress(listen, server.port),
    follow: (behind) => {
      api.follow(behind);
      server.changed();
    },
    see(signal) {
      if (signal.kind === 'event' || signal.kind === 'rejected') return;
      api.see(signal);
      if (signal.kind === 'finding') server.finding(signal.finding);
      else if (signal.kind === 'mark' && isNew(signal.mark)) server.mark(signal.mark);
      else if (signal.kind === 'radar') server.changed();
    },
    mark(mark) {
      if (!isNew(mark)) return;
      api.takeAnswer(mark);
      server.mark(mark);
    },
    async close() {
      end();
      await server.close();
    },
  };
}

function writeAddress(listen: string, port: number): string {
  const host = listen.slice(0, listen.lastIndexOf(':'));
  return `http://${host === '' || host === '0.0.0.0' ? 'localhost' : host}:${port}/`;
}
