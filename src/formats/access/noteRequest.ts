import type { JsonObject } from '../../event.ts';
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
  const access = typeof message === 'string' && found.path === undefined ? readAccess(message) : null;
  if (access) Object.assign(found, { ...access, ...found });
  note(metadata, found);
  const { method, path, status } = found;
  const isAccess = method !== undefined && path !== undefined && status !== undefined;
  return isAccess && (message === undefined || message === null) ? `${method} ${path} ${status}` : undefined;
}

/** The same for a raw line, with the index behind its header; whether it is an access line. */
export function noteAccess(metadata: JsonObject, line: string, bodyAt = 0): boolean {
  const access = readAccess(line, bodyAt);
  if (access !== null) note(metadata, { ...access });
  return access !== null;
}

function note(metadata: JsonObject, { method, path, status, code, bytes, duration_ms }: RequestFields): void {
  const outcome = status ?? code;
  if (outcome === undefined) return;
  // A method or a path alone says what was asked, not how it was answered.
  if (status !== undefined) {
    noteField(metadata, 'method', method);
    noteField(metadata, 'path', path);
  }
  noteField(metadata, 'status', outcome);
  if (status !== undefined) {
    noteField(metadata, 'bytes', bytes);
    noteField(metadata, 'duration_ms', duration_ms);
  }
}

function noteField(metadata: JsonObject, name: string, value: string | number | undefined): void {
  if (value !== undefined && !Object.hasOwn(metadata, name)) metadata[name] = value;
}
