import type { JsonObject } from '../../event.ts';
import { noteRequest } from '../access/noteRequest.ts';
import { pickFields, textOf, type PickedFields } from '../json/jsonRecord.ts';
import { nestsTooDeep } from '../json/jsonProblem.ts';
import { parseLogfmt } from './logfmt.ts';

/** A message that was itself a record. */
export interface Structured {
  text: string;
  picked: PickedFields;
}

function fromJson(body: string): JsonObject | null {
  try {
    const value = JSON.parse(body) as unknown;
    const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value) && !nestsTooDeep(body, value);
    return isRecord ? (value as JsonObject) : null;
  } catch {
    // Braces are no promise: the message stays as it is.
    return null;
  }
}

/** Whether the body begins with a pair and has `msg=` or `message=`, or `status=` of a request, at the beginning of one. */
function hasMessagePair(body: string): boolean {
  const first = body.indexOf('=');
  const blank = body.indexOf(' ');
  if (first < 1 || (blank >= 0 && blank < first)) return false;
  return /(?:^| )(?:msg|message|status)=/.test(body);
}

/** The fields of a body that is JSON or logfmt with a message in it; null for any other. */
export function structuredBody(body: string): Structured | null {
  const isJson = body.charCodeAt(0) === 123 && body.endsWith('}');
  const record = isJson ? fromJson(body) : hasMessagePair(body) ? parseLogfmt(body) : null;
  if (!record) return null;
  const picked = pickFields(record, {});
  const described = noteRequest(picked.metadata, picked.roles.text);
  if (described !== undefined) return { text: described, picked };
  if (picked.roles.text === undefined) return null;
  return { text: textOf(picked.roles.text, picked.metadata), picked };
}
