import { toIso } from '../../event.ts';
import type { RunReport } from '../../run/report.ts';
import type { RedactCounts } from '../../redact/kinds.ts';
import type { RunSummary, SummaryDisk } from '../../views/summary/runSummary.ts';
import { bytes, count } from '../../views/text/numbers.ts';
import { rejectedLogId } from '../../run/modes/withRejectedLog.ts';
import type { CheckpointFile } from '../../store/checkpoint/checkpointFile.ts';

interface SummaryExtras {
  exit?: number;
  /** Bytes. */
  peakMemory?: number;
  checkpoint?: CheckpointFile | null;
}

/** A run's report in the words of the end-of-run summary. */
export function summarize(
  report: RunReport,
  { exit = 0, peakMemory = process.resourceUsage().maxRSS * 1024, checkpoint = null }: SummaryExtras = {},
): RunSummary {
  const sum = (pick: (source: RunReport['sources'][number]) => number) => report.sources.reduce((total, source) => total + pick(source), 0);
  const received = sum((s) => s.read);
  const accepted = sum((s) => s.accepted);
  const filtered = sum((s) => s.filtered ?? 0);
  const refused = report.rejected.reduce((total, { count: many }) => total + many, 0);
  // What an operator rejected had been accepted at ingress.
  const analysed = accepted - report.late - (refused - sum((s) => s.rejected));
  return {
    pipeline: report.pipeline,
    reason: report.reason,
    exit,
    took_ms: Math.round(report.took),
    first: report.first === null ? null : toIso(report.first),
    last: report.last === null ? null : toIso(report.last),
    events_per_second: report.took > 0 ? Math.round((received / report.took) * 1000) : 0,
    peak_memory_bytes: peakMemory,
    received,
    analysed,
    duplicate: sum((s) => s.duplicate),
    late: report.late,
    late_to:
      report.sinks
        .filter(({ from }) => from.length > 0 && from.every((port) => port.endsWith('.late')))
        .map(({ id }) => `sink ${id}`)
        .join(', ') || undefined,
    rejected: refused,
    // Read, and neither through ingress nor turned away there.
    held: received - accepted - sum((s) => s.rejected) - sum((s) => s.duplicate) - filtered,
    ...(filtered > 0 && { filtered }),
    rejected_reasons: report.rejected.map(({ reason, count: many }) => ({ reason, count: many })),
    sources: report.sources.map(({ id, read, behind, disordered, extent, redacted, left_out: leftOut, passed_over: passed }) => ({
      id,
      received: read,
      behind_ms: behind ?? 0,
      note:
        [
          extent && `${extent.what}, ${bytes(extent.bytes)}`,
          disordered && `${count(disordered)} out of order`,
          leftOut && `${count(leftOut)} more that the sender left out`,
          passed && `${bytes(passed)} lost before they were read`,
          redactedWords(redacted),
        ]
          .filter(Boolean)
          .join(', ') || undefined,
    })),
    sinks: report.sinks
      .filter(({ id }) => id !== rejectedLogId)
      .map(({ id, written, failed, note, figures }) => ({
        id,
        written,
        retried: typeof figures['retried'] === 'number' ? figures['retried'] : 0,
        failed,
        note: note || undefined,
      })),
    found: { patterns: report.patterns, new_patterns: report.newPatterns, findings: report.findings, episodes: report.episodes },
    ...(checkpoint && report.last !== null
      ? { state: { checkpoint: checkpoint.number, bytes: checkpoint.bytes, at: toIso(report.last) } }
      : {}),
    ...(report.embedders?.length ? { embedders: report.embedders.map(({ operators: _, ...embedder }) => embedder) } : {}),
    ...measureDisk(report),
  };
}

const nouns = { secrets: 'secret', emails: 'e-mail address', ips: 'IP address' } as const;

/** `3 secrets, 1 IP address redacted`; undefined when nothing was. */
function redactedWords(redacted: RedactCounts | undefined): string | undefined {
  const parts = Object.entries(redacted ?? {}).flatMap(([kind, many]) => {
    const noun = nouns[kind as keyof typeof nouns];
    return many > 0 ? [`${many} ${noun}${many === 1 ? '' : noun.endsWith('s') ? 'es' : 's'}`] : [];
  });
  return parts.length > 0 ? `${parts.join(', ')} redacted` : undefined;
}

/** How full the store is, from the figures of the first sink that keeps one. */
function measureDisk({ sinks }: RunReport): { disk?: SummaryDisk } {
  const figures = sinks.find(({ figures }) => 'limit_bytes' in figures)?.figures;
  if (!figures) return {};
  const number = (value: unknown) => (typeof value === 'number' ? value : null);
  const { bytes, limit_bytes: limit, oldest, full_in_ms: full } = figures;
  return {
    disk: {
      used_bytes: number(bytes) ?? 0,
      limit_bytes: number(limit),
      oldest: typeof oldest === 'string' ? oldest : null,
      full_in_ms: number(full),
    },
  };
}
