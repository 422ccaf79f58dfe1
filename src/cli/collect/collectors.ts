import { CaducusError } from '../../errors.ts';
import { toIso, type JsonObject } from '../../event.ts';
import { loadCollectors } from '../../pipeline/collectors.ts';
import type { SourceNode } from '../../pipeline/definition.ts';
import { meantOrKnown } from '../../base/text/didYouMean.ts';
import { withPackages } from '../../pipeline/packages/withPackages.ts';
import { tell, type CliContext } from '../shared/context.ts';
import { loadContext } from '../shared/loadContext.ts';
import { timeArgument } from '../shared/timeArgument.ts';

/** What the command line asks for. */
export interface Wanted {
  /** Ids; all of them when there are none. */
  collector: readonly string[];
  once: boolean;
  follow: boolean;
  since?: string | undefined;
  require: readonly string[];
}

/** How the flags of the command change what the configuration says. */
interface Manner {
  /** Set by `--once` and `--follow`. */
  follow: boolean | undefined;
  /** Set by `--since`, milliseconds since 1970. */
  since: number | undefined;
}

const has = (node: SourceNode, option: string): boolean => Object.hasOwn(node.options as object, option);
const set = (node: SourceNode, changes: JsonObject): SourceNode => ({ ...node, options: { ...(node.options as object), ...changes } });

/**
 * The collectors that are meant, with the flags applied. Throws CaducusErrors for what is wrong in the configuration, at
 * file, line and column, and CAD002 for what is wrong in the flags.
 */
export async function collectorsFor(
  { collector: wanted, once, follow: followed, since: sinceGiven, require }: Wanted,
  context: CliContext,
): Promise<SourceNode[]> {
  const { layered, io } = context;
  const all = await withPackages(await loadContext({ require }, context), '.', io, (reading) =>
    loadCollectors((layered.open['collectors'] ?? {}) as JsonObject, reading, layered.whereIs),
  );
  if (all.length === 0) {
    throw new CaducusError('CAD015', { path: 'collectors' }, 'the configuration names no collectors', {
      hint: 'In .caducus/config.yml, such as:  collectors: { auth: { cloudwatch-logs: { log_groups: [/aws/lambda/auth] } } }',
    });
  }
  if (once && followed) throw new CaducusError('CAD002', {}, '--once and --follow exclude each other');
  const follow = once ? false : followed ? true : undefined;
  const since = sinceGiven === undefined ? undefined : timeArgument(sinceGiven, '--since', io.now());
  const chosen = wanted.length === 0 ? all : [...new Set(wanted)].map((id) => named(all, id));
  const nodes: SourceNode[] = [];
  for (const node of chosen) {
    const ready = await inManner(node, { follow, since }, context);
    if (ready) nodes.push(ready);
  }
  return nodes;
}

function named(all: readonly SourceNode[], id: string): SourceNode {
  const found = all.find((node) => node.id === id);
  if (found) return found;
  const known = all.map((node) => node.id);
  throw new CaducusError('CAD002', { path: '--collector' }, `no collector is called "${id}"`, {
    hint: meantOrKnown(id, known, 'collectors'),
  });
}

/** The collector as the flags want it; null, reported on stderr, for a listener that would never end. */
async function inManner(node: SourceNode, { follow, since }: Manner, context: CliContext): Promise<SourceNode | null> {
  const {
    id,
    source: { spec },
  } = node;
  let ready = node;
  if (follow !== undefined && has(node, 'follow')) ready = set(ready, { follow });
  else if (follow === false && spec.live(node.options)) {
    await tell(context, `${id}: ${spec.name} listens until it is stopped; --once leaves it out.`);
    return null;
  }
  if (since === undefined) return ready;
  if (has(node, 'start')) return set(ready, { start: toIso(since) });
  await tell(context, `${id}: ${spec.name} has no time to begin at; --since changes nothing there.`);
  return ready;
}
