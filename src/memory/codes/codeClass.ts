import { hashWord } from '../scan/words.ts';

/** What kind of code a number is, by what stands before it. */
export const HTTP = 1;
export const EXIT = 2;
export const ERRNO = 3;
export const SQLSTATE = 4;
export const GRPC = 5;

/** What codes of one kind have in common: the name they go by in a pattern, and what they say of the line. */
export interface CodeClass {
  /** `5xx`, `nonzero`, `23xxx`. */
  text: string;
  /** Hash of the text: what is constant in the token. */
  hash: number;
  /** Index in `levels` that the code gives its line; -1 when it says nothing. */
  rank: number;
  /** The level holds even where the record named a milder one: request loggers write every answer as INFO. */
  always: boolean;
}

const WARN = 3;
const ERROR = 4;
/** Classes are few; what comes from outside (SQLSTATE's) is bounded all the same. */
const MOST_CLASSES = 1024;

const byHash = new Map<number, CodeClass>();

function classNamed(text: string, rank = -1, always = false): CodeClass {
  const hash = hashWord(text);
  const known = byHash.get(hash);
  if (known) return known;
  const made = { text, hash, rank, always };
  if (byHash.size < MOST_CLASSES) byHash.set(hash, made);
  return made;
}

/** RFC 9110, 15: the first digit is the class. */
const httpClasses = [1, 2, 3, 4, 5].map((digit) => classNamed(`${digit}xx`, digit === 5 ? ERROR : digit === 4 ? WARN : -1, digit === 5));
const exitClasses = { zero: classNamed('0'), nonzero: classNamed('nonzero', ERROR) };
/** Status codes of gRPC, 0 to 16 (grpc.io, "Status codes and their use"); the server's own faults are errors. */
const grpcNames = (
  'OK Cancelled Unknown InvalidArgument DeadlineExceeded NotFound AlreadyExists PermissionDenied ResourceExhausted ' +
  'FailedPrecondition Aborted OutOfRange Unimplemented Internal Unavailable DataLoss Unauthenticated'
).split(' ');
const grpcClasses = grpcNames.map((name, code) => {
  const isFault = [2, 4, 8, 13, 14, 15].includes(code);
  return classNamed(name, code === 0 ? -1 : isFault ? ERROR : WARN, isFault);
});
const grpcCodes = new Map(grpcNames.map((name, code) => [name.toLowerCase(), code]));

/** The code of gRPC with this name, `Unavailable` or `DEADLINE_EXCEEDED`; undefined when it is none. */
export const findGrpcCode = (name: string): number | undefined => grpcCodes.get(name.replaceAll('_', '').toLowerCase());

/** The class with this hash; undefined when none was met. */
export const classByHash = (hash: number): CodeClass | undefined => byHash.get(hash);

/** The class of the code in bytes `start` to before `end`; null when it is none of its kind. */
export function classOfCode(kind: number, bytes: Uint8Array, start: number, end: number): CodeClass | null {
  if (kind === SQLSTATE) return sqlClass(bytes, start, end);
  const negative = bytes[start] === 45;
  const value = numberIn(bytes, negative ? start + 1 : start, end);
  if (Number.isNaN(value)) return null;
  if (kind === EXIT) return value === 0 ? exitClasses.zero : exitClasses.nonzero;
  if (negative) return null;
  if (kind === HTTP) return end - start === 3 && value >= 100 && value < 600 ? httpClasses[Math.floor(value / 100) - 1]! : null;
  if (kind === GRPC) return grpcClasses[value] ?? null;
  return value < 1000 ? classNamed(String(value)) : null;
}

/** The first two characters of five are the class: 00 is success, 01 a warning, 02 no data (ISO/IEC 9075-2). */
function sqlClass(bytes: Uint8Array, start: number, end: number): CodeClass | null {
  if (end - start !== 5) return null;
  for (let i = start; i < end; i++) if (!isDigit(bytes[i]!) && !isCapital(bytes[i]!)) return null;
  const text = String.fromCharCode(bytes[start]!, bytes[start + 1]!);
  return classNamed(`${text}xxx`, text === '00' || text === '02' ? -1 : text === '01' ? WARN : ERROR);
}

function numberIn(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let i = start; i < end; i++) {
    if (!isDigit(bytes[i]!)) return Number.NaN;
    value = value * 10 + bytes[i]! - 48;
  }
  return start < end ? value : Number.NaN;
}

const isDigit = (code: number) => code >= 48 && code <= 57;
const isCapital = (code: number) => code >= 65 && code <= 90;
