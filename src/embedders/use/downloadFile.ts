import { writeAll, type Io } from '../../io.ts';
import { Unanswered } from '../../base/askAgain.ts';
import { isTransient, retryAfter } from '../../base/retryAfter.ts';
import { withTimeLimit } from '../../base/timeLimit.ts';

export interface DownloadOptions {
  url: string;
  /** Where the bytes go; bytes already there are gone on from when `resume` is set. */
  path: string;
  resume: boolean;
  /** Largest size accepted, bytes. */
  maxBytes: number;
  /** Milliseconds without a byte after which the connection is given up. */
  timeout: number;
  signal?: AbortSignal;
  /** Bytes on disk, and the whole size where the server tells it. */
  onBytes(received: number, total: number | null): void;
}

/** Most that a server's Retry-After is believed, milliseconds. */
const longestWait = 60_000;

const tooLarge = (maxBytes: number) => new Unanswered(`the file is larger than ${maxBytes} bytes`, { again: false });

/**
 * One attempt to bring a file's bytes to `path`. What has come stays there when it fails, for the next attempt to go
 * on from with a Range request (RFC 9110, 14.2). A server that ignores the range sends the whole, and we start over.
 * Throws Unanswered for an answer that is no content, and what the network throws.
 */
export async function download(io: Io, options: DownloadOptions): Promise<void> {
  const { url, path, timeout, maxBytes, signal } = options;
  const have = options.resume ? ((await io.files.stat(path))?.size ?? 0) : 0;
  const stop = new AbortController();
  const give = (reason: unknown) => stop.abort(reason);
  const onAbort = () => give(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const headers: Record<string, string> = have > 0 ? { range: `bytes=${have}-` } : {};
    const response = await limited(io, timeout, give, io.net.fetch(url, { headers, signal: stop.signal }));
    // 416: nothing lies beyond what we have. The file may be whole; its check decides.
    if (response.status === 416 && have > 0) return await response.body?.cancel();
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      const wait = retryAfter(response.headers.get('retry-after'), io.now(), longestWait) ?? 0;
      throw new Unanswered(`the server answered ${response.status}`, { again: isTransient(response.status), wait });
    }
    const from = response.status === 206 && findStart(response.headers.get('content-range')) === have ? have : 0;
    if (response.status === 206 && from !== have) throw new Unanswered('the server sent another range than asked for', { again: true });
    const length = Number(response.headers.get('content-length') ?? Number.NaN);
    const encoded = response.headers.get('content-encoding') !== null;
    const total = Number.isFinite(length) && !encoded ? from + length : null;
    if (total !== null && total > maxBytes) throw tooLarge(maxBytes);
    const received = await save(io, { ...options, give, from, total, body: response.body.getReader() });
    if (total !== null && received !== total) throw new Unanswered(`the connection ended at byte ${received} of ${total}`, { again: true });
  } finally {
    signal?.removeEventListener('abort', onAbort);
    stop.abort();
  }
}

type Saving = DownloadOptions & {
  give(reason: unknown): void;
  from: number;
  total: number | null;
  body: ReadableStreamDefaultReader<Uint8Array>;
};

/** Appends chunk by chunk; every pause is limited by itself, so that a slow line is no dead one. Gives the size on disk. */
async function save(io: Io, { path, from, total, body, timeout, give, maxBytes, onBytes }: Saving): Promise<number> {
  const file = await io.files.open(path, from > 0 ? 'a' : 'w');
  let received = from;
  try {
    onBytes(received, total);
    for (;;) {
      const { done, value } = await limited(io, timeout, give, body.read());
      if (done) break;
      if (received + value.length > maxBytes) throw tooLarge(maxBytes);
      await writeAll(file, value);
      received += value.length;
      onBytes(received, total);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return received;
}

const limited = <T>(io: Io, ms: number, give: (reason: unknown) => void, promise: Promise<T>): Promise<T> =>
  withTimeLimit(io, ms, (signal) => {
    signal.addEventListener('abort', () => give(signal.reason), { once: true });
    return promise;
  });

/** First byte of a `Content-Range: bytes 5-9/10`. */
function findStart(header: string | null): number | null {
  const found = /^bytes (\d+)-/.exec(header ?? '');
  return found ? Number(found[1]) : null;
}
