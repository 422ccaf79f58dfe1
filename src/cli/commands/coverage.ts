import { z } from 'zod';
import { findCoverage } from '../../findings/coverage.ts';
import { noContacts } from '../../findings/owners/contacts.ts';
import { readContacts } from '../../pipeline/contacts.ts';
import { readPipeline } from '../../pipeline/packages/readPipeline.ts';
import { findPipeline } from '../../pipeline/shipped.ts';
import { coveragePage } from '../../views/coverage.ts';
import { openDecisions } from '../recall/openDecisions.ts';
import { defineCommand } from '../shared/command.ts';
import { pictureStyle, print, printJson } from '../shared/context.ts';
import { on, requireFlag } from '../shared/flags.ts';
import { loadContext } from '../shared/loadContext.ts';

/** `caducus coverage [pipeline]`: which groups should be there and are, and how well each is read. */
export const command = defineCommand({
  arguments: z.strictObject({ pipeline: z.string().optional() }),
  flags: z.strictObject({
    check: on('exit with 1 when a group is missing, has stopped, or is not read whole'),
    require: requireFlag('operators, sources or sinks'),
  }),
  examples: [
    'caducus coverage radar.yaml',
    'caducus coverage --json | jq -c ".groups[] | select(.state != \\"live\\")"',
    'caducus coverage radar.yaml --check',
  ],
  async run({ pipeline: name }, flags, context) {
    const found = name === undefined ? null : await findPipeline(context.io, name);
    const pipeline = found && (await readPipeline(found.file, found.text, await loadContext(flags, context), context.io));
    const { catalog } = pipeline ? await readContacts(pipeline, context.io) : noContacts;
    const { decisions } = await openDecisions(context, pipeline?.name);
    const coverage = findCoverage(decisions, catalog);
    await (context.json ? printJson(context, coverage) : print(context, coveragePage(coverage, pictureStyle(context))));
    return flags.check && coverage.groups.some(({ state, unread }) => state !== 'live' || unread) ? 1 : 0;
  },
});
