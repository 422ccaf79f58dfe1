import { hostname } from 'node:os';
import { digest } from '../../base/digest.ts';
import { CaducusError } from '../../errors.ts';
import { openEngineRun, type EngineRun } from '../../engine/engineRun.ts';
import { openEngine } from '../../engine/openEngine.ts';
import { planEngine } from '../../engine/planEngine.ts';
import { tellTrouble } from '../../engine/tellTrouble.ts';
import { readOutputOwner } from '../../engine/writer/outputFolder.ts';
import type { RunRecords } from '../../engine/writer/runRecords.ts';
import { noCounts } from '../../memory/memoryCounts.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import type { Registry } from '../../pipeline/registry.ts';
import { isLive } from '../../run/intake/intake.ts';
import { refuseTooManyRejected } from '../../run/refuseTooManyRejected.ts';
import { openEngineControl } from '../control/openEngineControl.ts';
import { RunLook } from '../live/runLook.ts';
import { keepShown } from '../recall/keepShown.ts';
import { drainTimeout, tell, type CliContext } from '../shared/context.ts';
import { openTelemetry } from '../telemetry/openTelemetry.ts';
import { openEngineWeb, type EngineWeb } from '../web/engineWeb.ts';
import { printSummary } from './printSummary.ts';

/** What `run` takes that means nothing on an engine. */
export function refuseWithEngine(flags: Readonly<Record<string, unknown>>): void {
  const given = Object.keys(flags).find((name) => flags[name] !== undefined && flags[name] !== false);
  if (given === undefined) return;
  const flag = `--${given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw new CaducusError('CAD002', {}, `--engine and ${flag} exclude each other`, {
    hint: 'What a pipeline keeps on an engine is shared by all its processes.',
  });
}

/** `caducus run --engine <url>`: takes a share of the work until the input is over, or until it is stopped. */
export async function runWithEngine(
  pipeline: Pipeline,
  url: string,
  { registry, quiet, reread }: { registry: Registry; quiet: boolean; reread(): Promise<Pipeline> },
  context: CliContext,
): Promise<void> {
  const { io, dataDir, stop, version } = context;
  // Said before anything is connected to.
  const { remark } = planEngine(pipeline);
  const { partitions, lease, replicas } = pipeline.engine;
  const engine = { pipeline: pipeline.name, lease, replicas };
  const transport = await openEngine(url, engine, { registry, files: io.files, file: pipeline.file });
  const id = `${hostname()}-${process.pid}-${digest(`${hostname()} ${process.pid} ${io.now()} ${io.monotonic()}`).slice(0, 6)}`;
  const over = new AbortController();
  const telling = tellTrouble({ io, transport, signal: over.signal, tell: (text) => void tell(context, text) });
  let web: EngineWeb | null = null;
  let records: RunRecords | null = null;
  let leaveControl: (() => Promise<void>) | null = null;
  const shown = keepShown(context);
  const look = new RunLook(pipeline.name, io);
  const oneCopy = 'The engine keeps one copy of each message: a power cut there can lose what it had acknowledged.';
  const remarks = transport.remarks ?? (replicas === 1 ? [oneCopy] : []);
  try {
    for (const each of remark ? [...remarks, remark] : remarks) await tell(context, each);
    const { telemetry } = openTelemetry(context, pipeline.name, { isOneOfSeveral: true });
    const run: EngineRun = openEngineRun(pipeline, {
      ...{ io, dataDir, transport, id, release: version, partitions, lease, stop, drainTimeout: drainTimeout(context) },
      tell: (text) => void tell(context, text),
      // A file that is wrong is none that could be taken.
      reread: () =>
        reread().then(
          (found) => ({ pipeline: found, partitions: found.engine.partitions }),
          () => null,
        ),
      observe: telemetry.observe,
      seen: (signal) => {
        shown.see(signal);
        web?.see(signal);
        look.see(signal);
      },
      writing: async (now) => {
        records = now ?? records;
        await web?.writing(now);
        await leaveControl?.();
        leaveControl = now && (await openEngineControl({ pipeline: pipeline.name, look, figures }, context));
      },
      turned: (state) => {
        shown.settle();
        web?.look();
        telemetry.turned(state);
      },
    });
    // What leaves the pipeline goes on although another process reads its sources.
    const figures = () => {
      const own = run.figures();
      return own && { ...own, live: isLive(pipeline) };
    };
    telemetry.memory = () => records?.recall.counts ?? noCounts;
    web = await openEngineWeb(pipeline, { figures, output: () => readOutputOwner(transport) }, telemetry, context);
    const report = await telemetry.during(pipeline.name, run);
    shown.write();
    await tellUnkept(records, context);
    if (!quiet) await printSummary(context, report);
    refuseTooManyRejected(pipeline, report);
  } finally {
    over.abort();
    await web?.close();
    await telling;
    await transport.close();
  }
}

async function tellUnkept(records: RunRecords | null, context: CliContext): Promise<void> {
  const failure = records?.failure ?? null;
  if (failure !== null)
    await tell(context, `What is known of this run could not be kept: ${failure instanceof Error ? failure.message : String(failure)}`);
}
