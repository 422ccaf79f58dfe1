import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { type CaducusError, CaducusErrors } from '../errors.ts';
import { readBackstage } from '../findings/owners/backstage.ts';
import { catalogEntry, type CatalogEntry } from '../findings/owners/catalogEntry.ts';
import type { Contacts } from '../findings/owners/contacts.ts';
import { readKubernetes } from '../findings/owners/kubernetes.ts';
import { readNamed } from '../io/readNamed.ts';
import { textAt } from '../base/textAt.ts';
import type { Io } from '../io.ts';
import { checkValue } from './checkValue.ts';
import type { Pipeline } from './definition.ts';
import { interpolate } from './interpolate.ts';
import { YamlDocument } from './yamlDocument.ts';

/** Our own form of a file: a list of entries, or entries by their names. */
const entries = z.array(catalogEntry);
/** Documents of one file; a catalog of more is another tool's. */
const mostDocuments = 10_000;

/**
 * What a pipeline says of who has what, with the files that it names read. Throws CAD011 where a file cannot be read, and
 * all that is wrong in them, each with file, line and column.
 */
export async function readContacts(
  { publicUrl, links, catalog }: Pick<Pipeline, 'publicUrl' | 'links' | 'catalog'>,
  { files, env }: Pick<Io, 'files' | 'env'>,
): Promise<Contacts> {
  const read: CatalogEntry[] = [];
  for (const one of typeof catalog === 'string' ? [catalog] : catalog) {
    if (typeof one !== 'string') {
      read.push(one);
      continue;
    }
    read.push(...readCatalog(one, await readNamed(files, one, 'catalog'), env));
  }
  return { publicUrl: publicUrl ?? null, links, catalog: read };
}

/** The entries of a file, whichever tool wrote it. */
export function readCatalog(file: string, text: string, env: Io['env']): CatalogEntry[] {
  const documents = parseAllDocuments(text, { schema: 'core', version: '1.2', logLevel: 'silent', resolveKnownTags: false });
  if (!Array.isArray(documents) || documents.length === 0) return [];
  const foreign = documents.slice(0, mostDocuments).map((document) => document.toJS({ maxAliasCount: 100 }) as unknown);
  if (documents.every(({ errors }) => errors.length === 0) && foreign.some((one) => textAt(one, ['apiVersion']) !== undefined))
    return foreign.flatMap(readForeign);
  return readOwn(file, text, env);
}

const readForeign = (document: unknown): CatalogEntry[] => {
  const version = textAt(document, ['apiVersion']) ?? '';
  if (!version.startsWith('backstage.io/')) return version === '' ? [] : readKubernetes(document);
  const entry = readBackstage(document);
  return entry ? [entry] : [];
};

function readOwn(file: string, text: string, env: Io['env']): CatalogEntry[] {
  const yaml = new YamlDocument(file, text);
  const missing = interpolate(yaml, { env, config: () => undefined });
  const data = yaml.toData();
  if (data === null || data === undefined) return [];
  const isMap = typeof data === 'object' && !Array.isArray(data);
  const checked = isMap
    ? checkByName(yaml, Object.entries(data as Record<string, unknown>))
    : checkValue(entries, data, { yaml, path: [] });
  const errors = [...missing, ...('errors' in checked ? checked.errors : [])];
  if (errors.length > 0) throw new CaducusErrors(errors);
  return 'value' in checked ? checked.value : [];
}

/** `orders: { team: payments }` */
function checkByName(yaml: YamlDocument, given: [string, unknown][]): { value: CatalogEntry[] } | { errors: CaducusError[] } {
  const each = given.map(([name, value]) => {
    const named = typeof value === 'object' && value !== null && !Array.isArray(value) ? { name, ...value } : value;
    return checkValue(catalogEntry, named, { yaml, path: [name] });
  });
  const errors = each.flatMap((one) => ('errors' in one ? one.errors : []));
  return errors.length > 0 ? { errors } : { value: each.flatMap((one) => ('value' in one ? [one.value] : [])) };
}
