import { z } from 'zod';
import { CaducusErrors } from '../../errors.ts';
import type { SourceNode } from '../../pipeline/definition.ts';
import { collectedTable } from '../../views/tables/collectedTable.ts';
import { defineCommand } from '../shared/command.ts';
import { on, requireFlag, several, text } from '../shared/flags.ts';
import { collectOne } from '../collect/collectOne.ts';
import { collectorsFor } from '../collect/collectors.ts';
import { Collected } from '../collect/collected.ts';
import { pictureStyle, print, printJson, tell, type CliContext } from '../shared/context.ts';
import { showError } from '../shared/showError.ts';

/** How often a run that goes on reports what came, milliseconds. */
const every = 60_000;
/** Exit code when some collectors failed, and the others did not. */
const someFailed = 74;

/**
 * `caducus collect`: every collector of the configuration into the store, each on its own: the failure of one stops none of
 * the others. Prints what came from where. Exit 74 when one has failed; when all have for one reason, the code of that.
 */
export const command = defineCommand({
  flags: z.strictObject({
    collector: several('id', 'only this one'),
    once: on('end when everything there is has been read'),
    follow: on('go on until stopped, whatever the configuration says'),
    since: text('time', 'where a collector without a cursor begins (ISO 8601, or -1h)'),
    dryRun: on('read and count, write nothing, delete nothing, move no cursor'),
    require: requireFlag('sources'),
  }),
  examples: [
    'caducus collect --once',
    'caducus collect --collector auth --collector orders-dlq --since -1h',
    'caducus collect --dry-run --once',
  ],
  run: async (_args, { dryRun, ...wanted }, context) => collect(await collectorsFor(wanted, context), dryRun, context),
});

async function collect(nodes: readonly SourceNode[], dryRun: boolean, context: CliContext): Promise<number> {
  const all = nodes.map((node) => new Collected(node.id, node.source.spec.name));
  const over = new AbortController();
  const news = reportNews(all, context, over.signal);
  const exits = await Promise.all(
    nodes.map(async (node, i) => {
      const one = all[i]!;
      try {
        one.done(await collectOne(node, context, { dryRun, see: (signal) => one.see(signal) }));
        return 0;
      } catch (error) {
        const { text, exit } = showError(error, { color: context.color });
        one.fail(error instanceof CaducusErrors ? error.errors[0]! : error);
        await context.io.stderr.write(`${node.id}: ${text}`);
        return exit;
      }
    }),
  );
  over.abort();
  await news;
  if (context.json) await printJson(context, { dry_run: dryRun, collectors: all.map((one) => one.record()) });
  else
    await print(
      context,
      collectedTable(
        all.map((one) => one.record()),
        pictureStyle(context),
      ),
    );
  const failed = nodes.filter((_, i) => exits[i] !== 0).map(({ id }) => id);
  if (dryRun && !context.json) await tell(context, 'Dry run: nothing was stored, deleted or remembered.');
  if (failed.length === 0) return 0;
  await tell(context, `${failed.join(', ')} failed; what the others gave is stored, and each goes on where it stood.`);
  return failed.length === nodes.length && new Set(exits).size === 1 ? exits[0]! : someFailed;
}

/** A line a collector on stderr, now and then, when something came. */
async function reportNews(all: readonly Collected[], context: CliContext, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await context.io.sleep(every, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    for (const one of all) {
      const line = signal.aborted ? null : one.news();
      if (line !== null) await tell(context, line);
    }
  }
}
