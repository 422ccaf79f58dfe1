import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeIo, type Io } from '../../src/io.ts';
import type { Signal } from '../../src/signal.ts';
import { sinks } from '../../src/sinks/index.ts';
import { eventSignal } from '../../src/testing.ts';
import { made, type BenchCase } from './benchCase.ts';

/** Signals a sink is given at once. */
const batch = 1024;
/** What is written: to files, or to a receiver that takes all at once, so that only the sink's own share is measured. */
const kept: Readonly<Record<string, object>> = {
  ndjson: { path: 'out.ndjson', select: ['event'] },
  segments: {},
  folder: {},
  otlp: { url: 'http://127.0.0.1:4318', select: ['event'] },
  loki: { url: 'http://127.0.0.1:3100', select: ['event'] },
};
const taking = (): Io => {
  const io = nodeIo();
  return { ...io, net: { ...io.net, fetch: async () => new Response(null, { status: 204 }) } };
};

/** Events written, by sink, flushed at the end of a round. */
export const sinkCases = (records: number): BenchCase[] =>
  Object.entries(kept).map(([name, given]) => {
    // A file for each event is another order of work.
    const many = name === 'folder' ? Math.ceil(records / 50) : records;
    return {
      name: name === 'folder' ? 'folder, a file each' : name,
      records: many,
      prepare() {
        const signals: Signal[] = made(many, (i) => eventSignal(`e${i}`, Date.UTC(2026, 2, 14) + i * 25));
        const { spec } = sinks.find((sink) => sink.spec.name === name)!;
        return async () => {
          const dataDir = mkdtempSync(join(tmpdir(), 'caducus-bench-'));
          try {
            const options = spec.options.parse('path' in given ? { ...given, path: join(dataDir, String(given.path)) } : given);
            const sink = await spec.open(options, { io: taking(), id: name, dataDir, from: null, pipeline: 'bench' });
            for (let at = 0; at < signals.length; at += batch) await sink.write(signals.slice(at, at + batch));
            await sink.flush();
            await sink.close();
          } finally {
            rmSync(dataDir, { recursive: true, force: true });
          }
        };
      },
    };
  });
