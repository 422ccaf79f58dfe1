import { parseLevel, type Json, type JsonObject, type Level } from '../../event.ts';
import { getOwn } from '../../formats/json/getOwn.ts';

/** What a log message says besides its text. */
export interface Lifted {
  text: string;
  level: Level | null;
  requestId: string | null;
  /** The other fields of a JSON message. */
  fields: JsonObject | null;
}

const uuid = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
/** Lambda's Node runtime: time, request id and level before the message, between tabs. */
const nodeLambda = new RegExp(`^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z\\t(${uuid}|undefined)\\t([A-Za-z]{4,8})\\t`);
/** Lambda's Python runtime: level in brackets, time, request id. */
const pythonLambda = new RegExp(`^\\[([A-Za-z]{4,8})\\]\\t\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z\\t(${uuid})\\t`);
/** Lambda's own START, END and REPORT lines, and "Task timed out". */
const platform = new RegExp(`\\bRequestId: (${uuid})|^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z (${uuid}) `);
/** A level near the beginning of any other line: in capitals, or as `level=warn`. */
const anyLevel = /\b(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|SEVERE|FATAL|CRITICAL)\b|\b(?:level|lvl|severity)=["']?([A-Za-z]{1,13})/;
const headLength = 128;

const messageFields = ['message', 'msg', 'event', 'log', 'errorMessage', 'error'];
const levelFields = ['level', 'severity', 'lvl', 'log_level', 'loglevel', 'levelname', 'log.level'];
const requestFields = ['requestId', 'request_id', 'aws_request_id', 'AWSRequestId', 'awsRequestId', 'function_request_id', 'x-request-id'];

/** Understands a message: JSON, the headers of Lambda's runtimes, or any line with a level in front. Never throws. */
export function lift(message: string): Lifted {
  const text = message.trimEnd();
  const json = objectIn(text);
  if (json) return liftJson(json, text);
  const node = nodeLambda.exec(text);
  if (node)
    return {
      text: text.slice(node[0].length),
      requestId: node[1] === 'undefined' ? null : node[1]!,
      level: parseLevel(node[2]),
      fields: null,
    };
  const python = pythonLambda.exec(text);
  if (python) return { text: text.slice(python[0].length), requestId: python[2]!, level: parseLevel(python[1]), fields: null };
  const head = text.slice(0, headLength);
  const request = platform.exec(head);
  const level = anyLevel.exec(head);
  return { text, requestId: request?.[1] ?? request?.[2] ?? null, level: parseLevel(level?.[1] ?? level?.[2]), fields: null };
}

function objectIn(text: string): JsonObject | null {
  if (!text.startsWith('{') || !text.endsWith('}')) return null;
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return null;
  }
}

function liftJson(json: JsonObject, original: string): Lifted {
  const messageAt = messageFields.find((name) => composeText(getOwn(json, name)) !== null);
  const levelAt = levelFields.find((name) => parseLevel(getOwn(json, name)) !== null);
  const requestAt = requestFields.find((name) => typeof getOwn(json, name) === 'string');
  const lifted = new Set([messageAt, levelAt, requestAt]);
  // Object.fromEntries defines own properties: a field called __proto__ stays data.
  const fields = Object.fromEntries(Object.entries(json).filter(([name, value]) => !lifted.has(name) || typeof value === 'object'));
  return {
    text: messageAt === undefined ? original : composeText(getOwn(json, messageAt))!,
    level: levelAt === undefined ? null : parseLevel(getOwn(json, levelAt)),
    requestId: requestAt === undefined ? null : String(getOwn(json, requestAt)),
    fields,
  };
}

/** The text in a field: a string, or an error object such as Lambda writes (`errorType`, `errorMessage`) or loggers do (`name`, `message`). */
function composeText(value: Json | undefined): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  const what = getOwn(value, 'errorMessage') ?? getOwn(value, 'message');
  const type = getOwn(value, 'errorType') ?? getOwn(value, 'name') ?? getOwn(value, 'type');
  if (typeof what !== 'string') return null;
  return typeof type === 'string' ? `${type}: ${what}` : what;
}
