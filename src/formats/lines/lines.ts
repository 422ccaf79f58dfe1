import { z } from 'zod';
import { byteSize } from '../../../config/scalars.ts';
import { defineFormat } from '../format.ts';
import { maxLineBytes } from '../bytes/limits.ts';
import { LinesParser } from './linesParser.ts';
import { stampOptions } from '../time/stampClock.ts';

const caps = z.strictObject({
  maxLines: z.int().min(1).default(500).describe('A record has at most this many lines; what follows is the next record.'),
  maxBytes: byteSize.prefault('256KiB').describe('And at most this much text.'),
});

const options = z.strictObject({
  ...stampOptions,
  multiline: z
    .union([z.boolean(), caps])
    .default(true)
    .describe('Join stack traces and indented lines to the line before them. false leaves every line by itself.'),
  maxLineBytes,
});

/**
 * Raw text. What stands in front of the message (time, level, host, process, thread, component, and what container runtimes
 * and syslog put there) is peeled off into metadata; a message that is JSON or logfmt gives its fields.
 */
export const lines = defineFormat({
  name: 'lines',
  summary: 'raw text; the header of each line is peeled off, stack traces are joined',
  options,
  create: ({ multiline, ...rest }, context, from) => {
    const joined = multiline === true ? caps.parse({}) : multiline === false ? null : multiline;
    return new LinesParser({ ...rest, multiline: joined }, context, from);
  },
});
