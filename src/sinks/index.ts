import { console } from './console.ts';
import { folder } from './folder.ts';
import { heartbeat } from './heartbeat.ts';
import { loki } from './loki.ts';
import { ndjson } from './ndjson.ts';
import { otlp } from './otlp.ts';
import { segments } from './segments.ts';
import type { SinkEntry } from './sink.ts';
import { webhook } from './webhook.ts';

// A source is called loki, too.
export { console, folder, heartbeat, loki as lokiSink, ndjson, otlp, segments, webhook };

/** Every sink that is built in. A program adds its own to a list like this one. */
export const sinks: readonly SinkEntry[] = [console, ndjson, folder, segments, webhook, otlp, loki, heartbeat];
