import { join } from 'node:path';
import type { Io } from '../../io.ts';
import type { Pipeline, SourceNode } from '../../pipeline/definition.ts';
import { Ingress } from '../../run/intake/ingress.ts';
import type { OpenSource, SourceBatch, SourcePart } from '../../sources/source.ts';
import type { ReaderFeed } from './runReader.ts';

export interface OpenReaderOptions {
  io: Io;
  dataDir: string;
  signal: AbortSignal;
  part?: SourcePart;
}

/** A source as one of its readers has it: masked before it is written anywhere. */
export function openReader(
  node: SourceNode,
  { name, redact }: Pick<Pipeline, 'name' | 'redact'>,
  { io, dataDir, signal, part }: OpenReaderOptions,
): ReaderFeed & { close(): Promise<void> } {
  const ingress = new Ingress({ redact, redelivers: false });
  let open: OpenSource | null = null;
  return {
    async *batches(from): AsyncGenerator<SourceBatch> {
      const context = { io, id: node.name ?? node.id, from, signal, dataDir, stateDir: join(dataDir, 'state', name) };
      open = node.source.spec.open(node.options, { ...context, redact: ingress.redact, part });
      for await (const batch of open.batches) yield { ...batch, records: batch.records.map(ingress.redact) };
    },
    async commit(position) {
      if (position === null) return;
      await open?.commit?.(position);
      await open?.release?.(position);
    },
    async close() {
      await open?.close();
    },
  };
}
