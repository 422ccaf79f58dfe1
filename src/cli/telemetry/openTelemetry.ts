import { parseDuration } from '../../../config/scalars.ts';
import type { CliContext } from '../shared/context.ts';
import { openLogger, type Logger, type LogLevel } from './logger.ts';
import { Telemetry } from './telemetry.ts';

/** What the settings ask for: a log, and the pages of a running pipeline. `isOneOfSeveral`: of a process beside others. */
export function openTelemetry(
  { io, dataDir, layered: { settings } }: CliContext,
  pipeline: string,
  { isOneOfSeveral = false } = {},
): { telemetry: Telemetry; log: Logger } {
  const log = openLogger(io, settings.log_level as LogLevel, { pipeline, pid: process.pid });
  const telemetry = new Telemetry({
    io,
    dataDir,
    pid: process.pid,
    log,
    listen: settings.metrics_listen || null,
    isOneOfSeveral,
    token: settings.metrics_token || settings.http_token || null,
    beside: settings.http !== '',
    staleAfter: parseDuration(settings.stale_after) ?? Number.POSITIVE_INFINITY,
  });
  return { telemetry, log };
}
