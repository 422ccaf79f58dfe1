import { hashPipeline } from '../../engine/hashPipeline.ts';
import { readStanding } from '../../engine/look/readStanding.ts';
import { readPipeline } from '../../pipeline/packages/readPipeline.ts';
import { findPipeline } from '../../pipeline/shipped.ts';
import { pictureStyle, print, printJson, type CliContext } from '../shared/context.ts';
import { loadContext } from '../shared/loadContext.ts';
import { lookAtEngine } from './lookAtEngine.ts';
import { describeStanding, standingPage } from './standingPage.ts';

/** `caducus status <file> --engine <url>`: who does what of a pipeline on an engine, and how far each is. */
export async function showStanding(name: string, url: string, flags: { require: string[] }, context: CliContext): Promise<void> {
  const { file, text } = await findPipeline(context.io, name);
  const loading = await loadContext(flags, context);
  const pipeline = await readPipeline(file, text, loading, context.io);
  const { partitions } = pipeline.engine;
  const standing = await lookAtEngine(pipeline, { url, registry: loading.registry }, context, (transport) =>
    readStanding(transport, partitions),
  );
  const of = { pipeline: pipeline.name, made: hashPipeline(pipeline, { release: context.version, partitions }), now: context.io.now() };
  await (context.json
    ? printJson(context, describeStanding(standing, of))
    : print(context, standingPage(standing, of, pictureStyle(context))));
}
