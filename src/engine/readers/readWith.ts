import { join } from 'node:path';
import type { Io } from '../../io.ts';
import type { Pipeline, SourceNode } from '../../pipeline/definition.ts';
import { Ingress } from '../../run/intake/ingress.ts';
import type { OpenSource, SourceBatch, SourcePart } from '../../sources/source.ts';
import { tellTrouble } from '../tellTrouble.ts';
import type { ReaderFeed } from './runReader.ts';

export interface ReadWithOptions {
  io: Io;
  dataDir: string;
  signal: AbortSignal;
  part?: SourcePart;
  /** Hears what keeps the source from giving anything, and that it is over: a sentence. */
  tell(text: string): void;
}

/** Does something with a source as one of its readers has it: masked before it is written anywhere, and closed behind it. */
export async function readWith(
  node: SourceNode,
  { name, redact }: Pick<Pipeline, 'name' | 'redact'>,
  { io, dataDir, signal, part, tell }: ReadWithOptions,
  read: (feed: ReaderFeed) => Promise<void>,
): Promise<void> {
  const ingress = new Ingress({ redact, redelivers: false });
  let open: OpenSource | null = null;
  const title = `The source ${node.id}${part ? ` (part ${part.index})` : ''}`;
  const over = new AbortController();
  const telling = tellTrouble({
    ...{ io, signal: AbortSignal.any([signal, over.signal]), tell },
    transport: { trouble: () => open?.trouble?.() ?? null },
    words: { waits: `${title} gives nothing here`, back: `${title} is back` },
  });
  try {
    await read({
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
    });
  } finally {
    over.abort();
    await telling;
    await (open as OpenSource | null)?.close();
  }
}
