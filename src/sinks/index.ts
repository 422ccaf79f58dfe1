import { console } from './console.ts';
import { folder } from './folder.ts';
import { heartbeat } from './heartbeat.ts';
import { ndjson } from './ndjson.ts';
import { segments } from './segments.ts';
import type { SinkEntry } from './sink.ts';
import { webhook } from './webhook.ts';

export { console, folder, heartbeat, ndjson, segments, webhook };

/** Every sink that is built in. A program adds its own to a list like this one. */
export const sinks: readonly SinkEntry[] = [console, ndjson, folder, segments, webhook, heartbeat];
