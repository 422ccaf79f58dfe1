import type { JsonObject } from '../../event.ts';
import { setOwn } from '../json/setOwn.ts';
import { readAccess } from './readAccess.ts';
import { findRequestFields, type RequestFields } from './requestFields.ts';

/**
 * Writes what a record says of a request and its answer into its metadata, under `method`, `path` and `status` (a code
 * of another kind with its name: `exit_code=137`) where it has no such field itself: from its fields, or from a message
 * that is an access line.
 *
 * @returns a text for a record without a message, `GET /orders/17 502`; undefined where there is a message, or no request
 */
export function noteRequest(metadata: JsonObject, message: unknown): string | undefined {
  const found = findRequestFields(metadata);
  if (typeof message === 'string' && found.path === undefined) Object.assign(found, { ...readAccess(message), ...found });
  note(metadata, found);
  const { method, path, status } = found;
  const isAccess = method !== undefined && path !== undefined && status !== undefined;
  return isAccess && (message === undefined || message === null) ? `${method} ${path} ${status}` : undefined;
}

/** The same for a raw line. */
export function noteAccess(metadata: JsonObject, line: string): void {
  const access = readAccess(line);
  if (access !== null) note(metadata, { ...access });
}

function note(metadata: JsonObject, { method, path, status, code, bytes, duration_ms }: RequestFields): void {
  const told = status ?? code;
  if (told === undefined) return;
  // A method or a path alone says what was asked, not how it was answered.
  const fields = status === undefined ? { status: told } : { method, path, status: told, bytes, duration_ms };
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined && !Object.hasOwn(metadata, name)) setOwn(metadata, name, value);
  }
}
