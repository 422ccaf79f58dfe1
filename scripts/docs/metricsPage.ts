import { exposition } from '../../src/cli/telemetry/exposition.ts';
import type { ProcessFigures } from '../../src/cli/telemetry/figures.ts';
import { noCounts } from '../../src/memory/memoryCounts.ts';
import { heading, table } from './markdown.ts';

/** The page of metrics, from what a run that has done nothing yet exposes. */
export async function metricsPage(): Promise<string> {
  const nothing: ProcessFigures = {
    checkpoints: { count: 0, bytes: 0, failures: 0 },
    patterns: {},
    top: [],
    memory: noCounts,
    warnings: [],
  };
  const text = await exposition(
    'name',
    () => null,
    () => nothing,
    () => 0,
    async () => ({ isReached: true, works: [], superseded: new Map() }),
  ).text();
  const rows = [...text.matchAll(/^# HELP (caducus_\w+) (.*)\n# TYPE \1 (\w+)$/gm)].map(([, name, help, type]) => [
    `\`${name}\``,
    type!,
    help!,
  ]);
  const intro =
    '`caducus run PIPELINE --metrics-listen 127.0.0.1:9464` serves them at `/metrics` as Prometheus text, beside those of the process itself. Labels: `pipeline`, and where a part is meant `component_id` and `component_type` (source, operator, sink).';
  return `${heading('Metrics')}\n${intro}\n\n${table(['metric', 'type', 'meaning'], rows)}\n`;
}
