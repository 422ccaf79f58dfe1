import { answers } from './answers.ts';
import { cloudwatchLogs } from './cloudwatchLogs.ts';
import { cost } from './cost.ts';
import { file } from './file.ts';
import { http } from './http.ts';
import { journald } from './journald.ts';
import { loki } from './loki.ts';
import type { SourceEntry } from './source.ts';
import { sqs } from './sqs.ts';
import { stdin } from './stdin.ts';
import { store } from './store.ts';
import { syslog } from './syslog.ts';

export { answers, cloudwatchLogs, cost, file, http, journald, loki, sqs, stdin, store, syslog };

/** Every source there is. A program adds its own to a registry of its own. */
export const sources: readonly SourceEntry[] = [file, stdin, store, cloudwatchLogs, sqs, http, syslog, journald, loki, cost, answers];
