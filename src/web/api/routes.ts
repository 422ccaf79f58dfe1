import { z } from 'zod';
import { boardView, mark } from '../../board/boardView.ts';
import { CaducusError } from '../../errors.ts';
import type { Page, PageRequest } from '../../io/servePages.ts';
import type { RadarAnswer, StreamEvent } from './answers.ts';
import type { RadarApi } from './radarApi.ts';
import type { Viewer } from './guard.ts';
import { markRequest } from './markRequest.ts';
import { episodeShape, graphShape, patternShape, whyNotShape } from './shapes.ts';

/** An address of the API: what is written of it in the docs, and how it is answered. */
export interface Route {
  method: 'GET' | 'POST';
  /** `/api/patterns/ID`: what stands for the capitals is handed over. */
  path: string;
  summary: string;
  query?: Readonly<Record<string, string>>;
  body?: z.ZodType;
  answers?: z.ZodType;
  /** It changes something. */
  changes?: boolean;
  answer(call: Call): Promise<unknown>;
}

interface Call {
  api: RadarApi;
  viewer: Viewer;
  /** What stands in the place of ID. */
  id: string;
  query: URLSearchParams;
  body: unknown;
}

export class Refused extends Error {
  readonly status: number;
  constructor(status: number, why: string) {
    super(why);
    this.status = status;
  }
}

const at = { at: 'The window that held this time, ISO 8601; the newest without it. The last 36 are remembered.' };

function readTime(query: URLSearchParams): number | null {
  const given = query.get('at');
  if (given === null) return null;
  const time = Date.parse(given);
  if (Number.isNaN(time)) throw new Refused(400, `at: ${JSON.stringify(given.slice(0, 100))} is no time such as 2026-03-14T03:05Z`);
  return time;
}

const viewer = z.object({
  role: z.enum(['view', 'ack']).describe('Whether who asks may only look, or answer too.'),
  who: z.string().nullable().describe('Who that is, where a proxy says so.'),
});
export const radarAnswer = boardView.extend({ viewer });

/** Every address of the API. */
export const routes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/radar',
    summary: 'The board: what is ranked, open, answered and recent now.',
    query: at,
    answers: radarAnswer,
    async answer({ api, query, viewer }) {
      const time = readTime(query);
      const view = time === null ? api.view() : api.viewAt(time);
      if (!view) throw new Refused(404, `no window that held ${query.get('at')} is remembered`);
      return { ...view, viewer } satisfies RadarAnswer;
    },
  },
  {
    method: 'GET',
    path: '/api/patterns/ID',
    summary: 'Why a pattern stands where it stands: what `caducus explain ID --json` prints, with what is known around it.',
    query: at,
    answers: patternShape,
    answer: ({ api, id, query }) => api.pattern(id, readTime(query)),
  },
  {
    method: 'GET',
    path: '/api/episodes/ID',
    summary: 'An episode, or another finding: what it is made of in order of time, what was done, and which were like it.',
    answers: episodeShape,
    answer: ({ api, id }) => api.episode(id),
  },
  {
    method: 'GET',
    path: '/api/why-not/ID',
    summary:
      'Why nobody was told of a group, a pattern or a finding, by its name, the beginning of its id or words of it: what `caducus why-not --json` prints.',
    query: { at: 'The time that is asked about, ISO 8601; without it when the finding of that id began, else the newest.' },
    answers: whyNotShape,
    answer: ({ api, id, query }) => api.whyNot(id, readTime(query)),
  },
  {
    method: 'GET',
    path: '/api/findings',
    summary: 'Findings that are open, and the last that are over.',
    answers: boardView.pick({ findings: true, over: true }),
    async answer({ api }) {
      const { findings, over } = api.view();
      return { findings, over };
    },
  },
  {
    method: 'GET',
    path: '/api/graph',
    summary: 'The pipeline as `caducus graph` has it, and what goes through each part of it now.',
    answers: graphShape,
    answer: async ({ api }) => api.graph(),
  },
  {
    method: 'POST',
    path: '/api/marks',
    summary: 'An answer: ack, silence, note, resolve, change; as the commands of these names. What comes back is the mark that was kept.',
    body: markRequest,
    answers: mark,
    changes: true,
    async answer({ api, body, viewer: { role, who } }) {
      if (role !== 'ack') throw new Refused(403, `${who ?? 'who asks'} may look and not answer: http_ack_users names who may`);
      const read = markRequest.safeParse(body);
      if (!read.success) throw new Refused(400, z.prettifyError(read.error));
      return api.mark(read.data, who);
    },
  },
];

/** What the stream tells, and what its data is. */
export const streamEvents: Readonly<Record<StreamEvent, string>> = {
  radar: 'The whole board, as `GET /api/radar` answers without `viewer`; at most four times a second.',
  finding: 'A finding that changed its state.',
  mark: 'An answer that somebody gave.',
  ping: '`{ "now": time }`: it is alive. Every 15 seconds.',
};

/** The route of a request with what stands for ID; null when there is none of that path. */
export function findRoute(path: string): { routes: Route[]; id: string } | null {
  const fits = routes.filter((route) => pattern(route.path).test(path));
  if (fits.length === 0) return null;
  const id = pattern(fits[0]!.path).exec(path)?.[1] ?? '';
  try {
    return { routes: fits, id: decodeURIComponent(id) };
  } catch {
    return null;
  }
}

const pattern = (path: string) => new RegExp(`^${path.replace('ID', '([^/]{1,1000})')}$`);

export const json = (status: number, value: unknown, headers: Page['headers'] = {}): Page => ({
  status,
  type: 'application/json; charset=utf-8',
  body: `${JSON.stringify(value)}\n`,
  headers,
});

/** Answers a request of the API as somebody who was let in. */
export async function answerRoute(request: PageRequest, viewer: Viewer, api: RadarApi, headers: Page['headers']): Promise<Page> {
  const found = findRoute(request.path);
  if (!found) return json(404, { error: `not here: ${routes.map(({ path }) => path).join(', ')}` }, headers);
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const route = found.routes.find((one) => one.method === method);
  if (!route) return json(405, { error: `${found.routes.map((one) => one.method).join(', ')} only` }, headers);
  try {
    const body = route.body ? await readJson(request) : null;
    return json(200, await route.answer({ api, viewer, id: found.id, query: request.query, body }), headers);
  } catch (error) {
    if (error instanceof Refused) return json(error.status, { error: error.message }, headers);
    if (error instanceof CaducusError && error.code === 'CAD002') return json(404, { error: error.what, hint: error.hint }, headers);
    throw error;
  }
}

export async function readJson(request: PageRequest): Promise<unknown> {
  const text = await request.body();
  if (text === null) throw new Refused(413, 'more than 64 KiB');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Refused(400, 'expected JSON');
  }
}
