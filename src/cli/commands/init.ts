import { z } from 'zod';
import { readingLine } from '../../views/reading/readingLine.ts';
import { sanitize } from '../../views/text/sanitize.ts';
import { inputFlags, windowFlag } from '../input/inputFlags.ts';
import { openInput } from '../input/openInput.ts';
import { pipelineText } from '../input/pipelineText.ts';
import { defineCommand } from '../shared/command.ts';
import { print, printJson } from '../shared/context.ts';

/** `caducus init FILE > radar.yaml`: a pipeline file that reads an input as its radar does. */
export const command = defineCommand({
  arguments: z.strictObject({ file: z.string().describe('a file, a glob, or - for standard input') }),
  flags: z.strictObject({ ...inputFlags, ...windowFlag }),
  examples: ['caducus init app.log > radar.yaml', 'caducus init app.log --by service > radar.yaml && caducus validate radar.yaml'],
  async run({ file }, flags, context) {
    const { reading, format, window } = await openInput([file], flags, context);
    const text = pipelineText({ path: file, read: sanitize(readingLine(reading)), format, by: flags.by, window });
    await (context.json ? printJson(context, { pipeline: text }) : print(context, [text.trimEnd()]));
  },
});
