import type { RunRecords } from '../../engine/writer/runRecords.ts';
import type { OutputOwner } from '../../engine/writer/outputFolder.ts';
import type { Page, PageRequest } from '../../io/servePages.ts';
import { describeGraph } from '../../pipeline/describeGraph.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import type { RunFigures } from '../../run/report.ts';
import type { Signal } from '../../signal.ts';
import { tell, type CliContext } from '../shared/context.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';

/** The page of a process of a pipeline on an engine: the radar where it writes the output, else where that is. */
export interface EngineWeb {
  /** Takes what leaves the pipeline, where this process writes the output. */
  see(signal: Signal): void;
  /** The output is written here from now on; null: no longer. */
  writing(records: RunRecords | null): Promise<void>;
  /** Called now and then: says where the page is, where that is not here. */
  look(): void;
  close(): Promise<void>;
}

interface EngineRunBehind {
  figures(): RunFigures | null;
  /** Where the output is written; null while it is nowhere. */
  output(): Promise<OutputOwner | null>;
}

/** How long somebody else has to write before that is said, and between two looks, milliseconds. */
const patience = 5_000;

/** Opens it where `http` asks for one; else null. Metrics and health are there in any case. Throws as `serveRadar`. */
export async function openEngineWeb(
  given: Pipeline,
  run: EngineRunBehind,
  telemetry: Telemetry,
  context: CliContext,
): Promise<EngineWeb | null> {
  const { settings } = context.layered;
  if (settings.http === '') return null;
  const { openWeb } = await import('./openWeb.ts');
  let records: RunRecords | null = null;
  let owner: OutputOwner | null = null;
  let looked = context.io.monotonic();
  let isAnnounced = false;
  const elsewhere = (): string => {
    // Whoever has no token hears of no machine.
    if (!owner || settings.http_token !== '')
      return 'The page is that of the process that writes the output: caducus status --engine says which.';
    return `The page is that of the process that writes the output: on ${owner.host}, into ${owner.path}.`;
  };
  const beside = async (request: PageRequest): Promise<Page | null> => {
    const page = await telemetry.answer(request);
    if (page || records) return page;
    return { status: 503, type: 'text/plain; charset=utf-8', body: `${elsewhere()}\n` };
  };
  const behind = {
    pipeline: given.name,
    get board() {
      return records?.recall.board ?? null;
    },
    known: () => records?.recall.known() ?? null,
    figures: () => run.figures(),
    graph: () => describeGraph(records?.pipeline ?? given),
    problem: () => (records ? telemetry.problem() : elsewhere()),
  };
  const web = await openWeb(behind, { holds: false, beside }, context);
  const findOwner = async () => {
    owner = await run.output();
    if (!owner || records || isAnnounced) return;
    isAnnounced = true;
    await tell(
      context,
      `This process shows no page: it is that of the process that writes the output, on ${owner.host}, into ${owner.path}.`,
    );
  };
  return {
    see: (signal) => web.see(signal),
    async writing(now) {
      records = now;
      isAnnounced = false;
      looked = context.io.monotonic();
      web.follow(behind);
      if (now) await tell(context, `The radar: ${web.address}`);
    },
    look() {
      if (records || context.io.monotonic() - looked < patience) return;
      looked = context.io.monotonic();
      // Asked in vain only once the engine is closed.
      void findOwner().catch(() => undefined);
    },
    close: () => web.close(),
  };
}
