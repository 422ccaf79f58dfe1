import type { JsonObject } from '../../event.ts';
import { setOwn } from '../json/setOwn.ts';
import { readAccess } from './readAccess.ts';
import { findRequestFields, type RequestFields } from './requestFields.ts';

/**
 * Writes what a record says of a request and its answer into its metadata, under `method`, `path` and `status` (and
 * `exit_code`, `errno`, `sqlstate`, `grpc_status`) where it has no such field itself: from its fields, or from a message
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

function note(metadata: JsonObject, found: RequestFields): void {
  for (const [name, value] of Object.entries(found)) {
    // A method or a path alone says what was asked, not how it was answered.
    const told = name !== 'method' && name !== 'path' ? true : found.status !== undefined;
    if (told && value !== undefined && !Object.hasOwn(metadata, name)) setOwn(metadata, name, value as string | number);
  }
}
