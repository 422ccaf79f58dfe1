import { readGroups } from '../../store/readGroups.ts';
import { groupsTable } from '../../views/tables/groupsTable.ts';
import { defineCommand } from '../shared/command.ts';
import { pictureStyle, print, printJson } from '../shared/context.ts';

/** `caducus groups`: the groups of the store, by name. */
export const command = defineCommand({
  examples: ['caducus groups --data-dir ./d'],
  async run(_args, _flags, context) {
    const found = await readGroups(context.io.files, context.dataDir);
    return context.json ? printJson(context, found) : print(context, groupsTable(found, pictureStyle(context)));
  },
});
