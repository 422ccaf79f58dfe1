import { recordLine } from '../../base/recordText.ts';
import { join } from 'node:path';
import { replaceFile, writeAll, type Files } from '../../io.ts';
import { shortHash } from '../shortHash.ts';

/** Where a log group lives. */
export interface Home {
  logGroup: string;
  /** null when neither option, ARN nor credentials tell. */
  account: string | null;
  region: string;
  /** Id of the source that reads it. */
  sourceId: string;
}

/** An unknown account is taken for another one in each source: two groups kept apart can be joined later, never the other way round. */
const owner = ({ account, region, sourceId }: Home) => `${account ?? `?${sourceId}`}/${region}`;

/** `cloudwatch:<account>/<region>:<log group>` */
export const qualifiedId = (home: Home): string => `cloudwatch:${owner(home)}:${home.logGroup}`;

/**
 * The plain `cloudwatch:<log group>` for the first account and region that used the name in this data folder, the
 * qualified id for every other, so that groups of one name never become one. Who was first is kept in a file a name, so
 * the answer stays the same over restarts and whatever else starts first.
 */
export async function claimedId(files: Files, folder: string, home: Home): Promise<string> {
  const plain = `cloudwatch:${home.logGroup}`;
  const path = join(folder, `${shortHash([home.logGroup])}.json`);
  const claim = Buffer.from(recordLine({ log_group: home.logGroup, owner: owner(home) }));
  await files.makeFolder(folder);
  try {
    // Exclusive creation decides between processes as well.
    const file = await files.open(path, 'wx');
    try {
      await writeAll(file, claim);
      await file.sync();
    } finally {
      await file.close();
    }
    return plain;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const first = ownerIn(await files.readText(path));
  if (first !== null) return first === owner(home) ? plain : qualifiedId(home);
  // A crash left half a claim: nobody has used it yet.
  await replaceFile(files, path, claim);
  return plain;
}

function ownerIn(text: string): string | null {
  try {
    const claim: unknown = JSON.parse(text);
    const found = claim !== null && typeof claim === 'object' && 'owner' in claim ? claim.owner : null;
    return typeof found === 'string' ? found : null;
  } catch {
    return null;
  }
}

/** Fills `{field}` in a group id template; fields that are unknown there become `-`. */
export function fillGroupId(template: string, fields: Readonly<Record<string, string | null>>): string {
  return template.replace(/\{([^}]*)\}/g, (_, name: string) => (Object.hasOwn(fields, name) ? fields[name] : null) ?? '-');
}
