import { recordLine } from '../base/recordText.ts';
import { createHash } from 'node:crypto';

/** A line of the cache: a text, its vector (32-bit floats, little endian, base64) and the check of both. */
export function vectorLine(text: string, vector: Float32Array): string {
  const packed = Buffer.alloc(vector.length * 4);
  for (const [at, x] of vector.entries()) packed.writeFloatLE(x, at * 4);
  const base64 = packed.toString('base64');
  return recordLine({ text, vector: base64, check: checksum(text, base64) });
}

/** Reads such a line; null when it was torn by a crash or changed since. */
export function parseVectorLine(line: string): { text: string; vector: Float32Array } | null {
  let read: unknown;
  try {
    read = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof read !== 'object' || read === null) return null;
  const { text, vector, check } = read as Record<string, unknown>;
  if (typeof text !== 'string' || typeof vector !== 'string' || check !== checksum(text, vector)) return null;
  const packed = Buffer.from(vector, 'base64');
  return { text, vector: Float32Array.from({ length: packed.length >> 2 }, (_, at) => packed.readFloatLE(at * 4)) };
}

const checksum = (text: string, base64: string) => createHash('sha1').update(`${text}\0${base64}`).digest('hex').slice(0, 12);
