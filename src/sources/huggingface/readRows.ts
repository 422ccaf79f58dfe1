import { z } from 'zod';
import { askAgain, Unanswered } from '../../base/askAgain.ts';
import { isTransient, retryAfter } from '../../base/retryAfter.ts';
import { CaducusError } from '../../errors.ts';
import type { JsonObject } from '../../event.ts';
import type { Io } from '../../io.ts';

/** The public address of the rows API. */
export const datasetsServer = 'https://datasets-server.huggingface.co';
/** Most rows of a page; a limit of the API. */
export const pageRows = 100;

export interface RowsQuery {
  io: Io;
  /** `owner/name`. */
  dataset: string;
  /** First row wanted, and how many rows at most. */
  offset: number;
  rows: number;
  baseUrl?: string;
  signal?: AbortSignal | undefined;
}

export interface RowsPage {
  rows: JsonObject[];
  /** Rows in the whole data set. */
  total: number;
}

const answer = z.looseObject({
  rows: z.array(z.looseObject({ row_idx: z.int(), row: z.record(z.string(), z.json()) })),
  num_rows_total: z.int().nonnegative(),
});

/** An answer may take this long, milliseconds: the server unpacks on demand. */
const timeout = 30_000;
/** Most that a Retry-After is believed, milliseconds. */
const longestWait = 300_000;
const waits = { first: 500, most: 30_000 };
/** Longest time for the first page, with all its attempts, milliseconds: "offline" is reported within 10 s. */
const firstPage = 8_000;
/** Attempts at each later page. */
const mostAttempts = 10;

/**
 * The rows of a data set on Hugging Face, page by page, in order. Throttling, 5xx and network failures are tried again.
 * Throws CAD074 when it does not get on.
 */
export async function* readRowList({ io, dataset, offset, rows, baseUrl = datasetsServer, signal }: RowsQuery): AsyncGenerator<RowsPage> {
  for (let at = offset, end = offset + rows; at < end;) {
    const url = `${baseUrl}/rows?dataset=${encodeURIComponent(dataset)}&config=default&split=train&offset=${at}&length=${Math.min(pageRows, end - at)}`;
    const page = await persistently(url, { io, dataset, first: at === offset, signal });
    if (page.rows.length === 0) return;
    yield page;
    at += page.rows.length;
    if (at >= page.total) return;
  }
}

async function persistently(
  url: string,
  { io, dataset, first, signal }: { io: Io; dataset: string; first: boolean; signal: AbortSignal | undefined },
): Promise<RowsPage> {
  const options = { name: url, timeout, within: first ? firstPage : undefined, attempts: mostAttempts, waits, signal };
  return askAgain(io, options, (limit) => page(io, url, limit)).catch((cause: unknown) => {
    throw cause instanceof Unanswered
      ? new CaducusError('CAD074', {}, `${dataset} from ${new URL(url).host}: ${cause.message}`, { cause })
      : cause;
  });
}

async function page(io: Io, url: string, signal: AbortSignal): Promise<RowsPage> {
  const response = await io.net.fetch(url, { signal, headers: { accept: 'application/json' } });
  if (!response.ok) {
    const wait = retryAfter(response.headers.get('retry-after'), io.now(), longestWait) ?? 0;
    await response.body?.cancel();
    throw new Unanswered(`HTTP ${response.status}`, { again: isTransient(response.status), wait });
  }
  const read = answer.safeParse(await response.json());
  if (!read.success) throw new Unanswered('the answer is not of the rows API', { again: false });
  return { rows: read.data.rows.map(({ row }) => row as JsonObject), total: read.data.num_rows_total };
}
