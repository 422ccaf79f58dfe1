/**
 * A run that listens over HTTP, with checkpoints on disk and a sink that takes its time: `httpWorker.ts FOLDER DELAY`,
 * DELAY in milliseconds a record. Says its port and, each second, its resident memory, as lines of JSON.
 */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { nodeIo } from '../../src/io.ts';
import { builtins } from '../../src/pipeline/builtins.ts';
import { Checkpointing } from '../../src/run/checkpoint/checkpointing.ts';
import { loadPipeline } from '../../src/pipeline/load.ts';
import { extend } from '../../src/pipeline/registry.ts';
import { Run } from '../../src/run/run.ts';
import { openHttp } from '../../src/sources/http.ts';
import { httpOptions } from '../../src/sources/http/options.ts';
import { defineSource } from '../../src/sources/source.ts';
import { defineSink } from '../../src/sinks/sink.ts';

const [folder = '', delay = '0'] = process.argv.slice(2);
const io = nodeIo();
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

/** The listener, which says its port. */
const http = defineSource({
  name: 'http',
  summary: '',
  options: httpOptions,
  live: true,
  identity: () => ({}),
  open: (options, context) => openHttp(options, context, { listening: (port) => void say({ port }) }),
});

/** Writes ids down, each after a while. */
const slow = defineSink({
  name: 'slow',
  summary: '',
  options: z.strictObject({ select: z.array(z.string()).default(['event']) }),
  open: async () => {
    const counters = { written: 0, filtered: 0, failed: 0, held: 0 };
    return {
      counters,
      async write(batch) {
        for (let at = 0; at < batch.length; at += 50) {
          const part = batch.slice(at, at + 50).flatMap((signal) => (signal.kind === 'event' ? [signal.event.text] : []));
          if (Number(delay) > 0) await io.sleep(part.length * Number(delay));
          appendFileSync(join(folder, 'seen.txt'), part.map((text) => `${text}\n`).join(''));
        }
        counters.written += batch.length;
      },
      flush: async () => {},
      close: async () => {},
    };
  },
});

const text =
  'name: slow\ncheckpoint: { events: 2000, every: 1s }\nsources: { in: { http: { listen: "127.0.0.1:0" } } }\nsinks: { out: { slow: {} } }\n';
const registry = extend(builtins, { sources: [http], sinks: [slow] });
const pipeline = loadPipeline('slow.yaml', text, { registry, variables: { env: {}, config: () => undefined } });
setInterval(() => say({ rss: process.memoryUsage().rss }), 250).unref();
await new Run(pipeline, { io, dataDir: folder, checkpoints: new Checkpointing(pipeline, { io, dataDir: folder }) }).execute();
