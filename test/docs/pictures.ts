import { readFileSync } from 'node:fs';

/** A marble picture of the documentation: what goes in, the call, what comes out. */
export interface Picture {
  file: string;
  line: number;
  input: string;
  /** Such as `rank({ top: 3 })`. */
  call: string;
  output: string;
}

const inLine = /^in {2,}(\S+)/;
const outLine = /^out {1,}(\S+)/;

/**
 * Every marble picture of a file, in comments or in Markdown: a line `in`, the call, a line `out`. Throws where an `in` has
 * no call and `out` behind it, so that none is overlooked.
 */
export function readPictures(file: string): Picture[] {
  const bare = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.replace(/^\s*(?:\*|\/\/|#)?\s*/, ''));
  return bare.flatMap((text, i) => {
    const input = inLine.exec(text)?.[1];
    if (input === undefined || !/[-|(]/.test(input)) return [];
    const call = bare[i + 1]?.trim() ?? '';
    const output = outLine.exec(bare[i + 2] ?? '')?.[1];
    if (output === undefined || !/^\w+\(.*\)$/.test(call)) throw new Error(`${file}:${i + 1}: a picture without a call or without "out"`);
    return [{ file, line: i + 1, input, call, output }];
  });
}
