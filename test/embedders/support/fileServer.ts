import { localServer, type LocalServer } from './localServer.ts';

/** One answer that goes wrong. */
export type Fault = { cutAfter: number } | { status: number; headers?: Record<string, string> } | { flip: number } | 'ignore range';

export interface FileServer extends LocalServer {
  /** Name and Range header of every request, in order. */
  readonly asked: { name: string; range: string | null }[];
  /** Faults waiting for a file's next requests, oldest first. */
  readonly faults: Map<string, Fault[]>;
}

/** Serves files from memory, with byte ranges, and fails as told. */
export async function fileServer(files: ReadonlyMap<string, Uint8Array>): Promise<FileServer> {
  const asked: FileServer['asked'] = [];
  const faults: FileServer['faults'] = new Map();
  const server = await localServer((request, response) => {
    const name = new URL(request.url ?? '', 'http://local').pathname.split('/').at(-1) ?? '';
    const range = request.headers.range ?? null;
    asked.push({ name, range });
    const bytes = files.get(name);
    const fault = faults.get(name)?.shift();
    if (!bytes) return void response.writeHead(404).end();
    if (typeof fault === 'object' && 'status' in fault) return void response.writeHead(fault.status, fault.headers).end();
    const start = range !== null && fault !== 'ignore range' ? Number(/^bytes=(\d+)-$/.exec(range)?.[1]) : 0;
    if (start > 0 && start >= bytes.length) return void response.writeHead(416).end();
    const sent = Uint8Array.from(bytes.subarray(start));
    if (typeof fault === 'object' && 'flip' in fault) sent[fault.flip] = (sent[fault.flip] ?? 0) ^ 1;
    const partial = start > 0 ? { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` } : {};
    response.writeHead(start > 0 ? 206 : 200, { 'content-length': String(sent.length), ...partial });
    if (typeof fault === 'object' && 'cutAfter' in fault) response.write(sent.subarray(0, fault.cutAfter), () => response.destroy());
    else response.end(sent);
  });
  return { ...server, asked, faults };
}
