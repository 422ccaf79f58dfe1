import { byteSize, CaducusError } from 'caducus';
import { z } from 'zod';
import { connectionOptions, findClash } from '../options.ts';

/** What begins the names of the variables. */
const prefix = 'CADUCUS_NATS_';

const { servers, tls: _, ...proof } = connectionOptions;
const { caFile, certFile, keyFile } = connectionOptions.tls.unwrap().shape;

/** What an engine is told beside its address: of who one is and what is trusted, by the environment alone. */
const settings = z
  .strictObject({
    servers,
    ...proof,
    caFile,
    certFile,
    keyFile,
    maxBytes: byteSize.optional().describe('Bytes that the stream may hold, for accounts that ask for a bound.'),
  })
  .superRefine((given, context) => {
    const clash = findClash(given);
    if (clash !== null) context.addIssue({ code: 'custom', message: clash });
    if ((given.certFile === undefined) !== (given.keyFile === undefined))
      context.addIssue({ code: 'custom', path: ['keyFile'], message: 'give cert_file and key_file together' });
  });

export type EngineSettings = ReturnType<typeof readSettings>;

const toVariable = (key: string): string => prefix + key.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/** The variables that it reads, by what they set. */
export const variables: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(settings.shape).flatMap((key) => (key === 'servers' ? [] : [[key, toVariable(key)]])),
);

/**
 * Reads an address, `nats://host:4222`, or those of several servers of one cluster with commas between them, and the
 * variables. `tls://` encrypts, and refuses a server that does not. Throws CAD020 for what cannot be used.
 */
export function readSettings(url: string, env: Readonly<Record<string, string | undefined>>) {
  const given = Object.entries(variables).flatMap(([key, name]) => (env[name] === undefined || env[name] === '' ? [] : [[key, env[name]]]));
  const read = settings.safeParse({ ...Object.fromEntries(given), servers: url.split(',') });
  if (!read.success) {
    const [first] = read.error.issues;
    const key = String(first!.path[0] ?? '');
    const name = variables[key] ?? '--engine';
    throw new CaducusError('CAD020', { path: name }, first!.message);
  }
  const { caFile: ca, certFile: cert, keyFile: key, maxBytes, ...rest } = read.data;
  const isEncrypted = ca !== undefined || cert !== undefined || url.split(',').some((each) => each.startsWith('tls://'));
  return { maxBytes, connection: { ...rest, ...(isEncrypted && { tls: { caFile: ca, certFile: cert, keyFile: key } }) } };
}
