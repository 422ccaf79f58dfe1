/** What a whole run reads, what it keeps of it, and how often it makes a checkpoint. */
export const wholeKinds = {
  blips: { format: 'ndjson', select: 'blip, radar', checkpoint: '1h' },
  partitions: { format: 'ndjson', select: 'blip, radar', checkpoint: '1h' },
  events: { format: 'ndjson', select: 'event, blip, radar', checkpoint: '1h' },
  checkpoints: { format: 'ndjson', select: 'blip, radar', checkpoint: '1s' },
  lines: { format: 'lines', select: 'blip, radar', checkpoint: '1h' },
} as const;
export type WholeKind = keyof typeof wholeKinds;

/** The text of the pipeline file of a whole run over `input`, which writes what it finds to `output`. */
export function wholePipeline(kind: WholeKind, { input, output }: { input: string; output: string }): string {
  const { format, select, checkpoint } = wholeKinds[kind];
  return `name: bench
checkpoint: { every: ${checkpoint} }
sources: { in: { file: { path: "${input}", format: ${format} } } }
operators:
  - normalize: {}
  - group_by: { key: group_id }
  - memory: { window: 1m }
  - rank: { top: 8 }
sinks:
  out: { ndjson: { path: "${output}", select: [${select}] } }
`;
}
