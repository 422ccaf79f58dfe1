import { z } from 'zod';
import { CaducusError } from '../../errors.ts';
import { rememberedEntity as writeRemembered } from '../../views/tables/rememberedEntity.ts';
import { entityPage } from '../../views/tables/entityPage.ts';
import { rememberedEntity } from '../entities/rememberedEntity.ts';
import { listEpisodes, readEntity } from '../entities/readEntity.ts';
import { knownIncidents } from '../incidents/knownIncidents.ts';
import { inputFlags } from '../input/inputFlags.ts';
import { lastKnownOrNone } from '../recall/known.ts';
import { selectionFlags } from '../recall/selectionFlags.ts';
import { defineCommand } from '../shared/command.ts';
import { pictureStyle, print, printJson } from '../shared/context.ts';

const { pipeline, since, until } = selectionFlags;

/** `caducus entity NAME`: the story of a host, a pod, a user, a volume, a version. */
export const command = defineCommand({
  arguments: z.strictObject({
    name: z.string().min(1).describe('as it stands in lines, as a whole; or the value of a field'),
    files: z
      .array(z.string())
      .describe('where it is looked for: files, or - for standard input (default: what the run that wrote last has seen)'),
  }),
  flags: z.strictObject({ ...inputFlags, pipeline, since, until }),
  examples: ['caducus entity dn2', 'caducus entity v412 app.log', "caducus entity dn2 --since -1h --json | jq '.patterns[0]'"],
  async run({ name, files }, flags, context) {
    const story = await readEntity(name, files, flags, context);
    const known = await lastKnownOrNone(context, flags.pipeline);
    const remembered = known && files.length === 0 ? await rememberedEntity(name, known.recall.name, context) : null;
    if (story.lines === 0 && !remembered)
      throw new CaducusError('CAD002', {}, `"${name}" stands in none of ${story.of} lines`, {
        hint: 'It is looked for as a whole word of the text and as the value of a field, letter by letter; what is masked cannot be found.',
      });
    const episodes = known ? listEpisodes(name, await knownIncidents(context, flags.pipeline)) : [];
    if (context.json) return printJson(context, { ...story, episodes, remembered });
    const style = pictureStyle(context);
    return print(context, entityPage(story, episodes, style, remembered ? writeRemembered(remembered, known!.topics, style) : []));
  },
});
