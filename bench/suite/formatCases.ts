import { createParser } from '../../src/formats/index.ts';
import { made, type BenchCase } from './benchCase.ts';
import { lineKinds } from './lineKinds.ts';

/** Bytes that a parser is given at once, as a file is read. */
const piece = 1 << 16;

/** Bytes to records, by format. */
export const formatCases = (records: number): BenchCase[] =>
  Object.entries(lineKinds).map(([name, { format, line }]) => ({
    name,
    records,
    prepare() {
      const bytes = new TextEncoder().encode(`${made(records, line).join('\n')}\n`);
      return () => {
        const parser = createParser(format, { reference: 0 }, null);
        for (let at = 0; at < bytes.length; at += piece) parser.push(bytes.subarray(at, at + piece));
        parser.end();
      };
    },
  }));
