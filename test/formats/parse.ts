import type { Draft, FormatItem, ParserPosition, Refusal } from '../../src/formats/format.ts';
import type { z } from 'zod';
import { createParser, formatOption, type FormatOption } from '../../src/formats/index.ts';

const encoder = new TextEncoder();

export const bytesOf = (text: string | Uint8Array): Uint8Array => (typeof text === 'string' ? encoder.encode(text) : text);

/** Every item of the input, cut at the given lengths (again and again, to the end). */
export function parseAll(
  format: z.input<typeof formatOption>,
  input: string | Uint8Array,
  cuts: readonly number[] = [],
  reference?: number,
): FormatItem[] {
  const parser = createParser(formatOption.parse(format), { reference }, null);
  return [...pieces(bytesOf(input), cuts).flatMap((piece) => parser.push(piece)), ...parser.end()];
}

export function pieces(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  if (cuts.length === 0) return [bytes];
  const out: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = Math.max(1, cuts[i % cuts.length]!);
    out.push(bytes.slice(at, at + size));
    at += size;
  }
  return out;
}

/** Reads a part, saves the position as JSON, and goes on with a new parser from there. */
export function parseInHalves(format: FormatOption, input: Uint8Array, half: number, reference?: number): FormatItem[] {
  const first = createParser(format, { reference }, null);
  const before = first.push(input.subarray(0, half));
  const position = JSON.parse(JSON.stringify(first.position())) as ParserPosition;
  const second = createParser(format, { reference }, position);
  return [...before, ...second.push(input.subarray(position.offset)), ...second.end()];
}

export const drafts = (items: readonly FormatItem[]): Draft[] => items.filter((item) => item.kind === 'draft');
export const refusals = (items: readonly FormatItem[]): Refusal[] => items.filter((item) => item.kind === 'refusal');
export const texts = (items: readonly FormatItem[]): string[] => drafts(items).map(({ text }) => text);
export const isoTimes = (items: readonly FormatItem[]): string[] => drafts(items).map(({ time }) => new Date(time).toISOString());
