import { groupsTable } from '../../views/groupsTable.ts';
import { readGroups } from '../../store/reader.ts';
import { pictureStyle, print, printJson } from '../shared/context.ts';
import type { CommandBody } from '../shared/commandBody.ts';

/** `caducus groups`: the groups of the store, by name. */
export const groups: CommandBody = async (_args, _flags, context) => {
  const found = await readGroups(context.io.files, context.dataDir);
  return context.json ? printJson(context, found) : print(context, groupsTable(found, pictureStyle(context)));
};
