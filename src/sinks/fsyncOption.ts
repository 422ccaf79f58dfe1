import { z } from 'zod';

/** When a file sink makes sure that what it wrote survives a power cut. A killed process loses nothing either way. */
export const fsyncOption = z
  .enum(['checkpoint', 'never'])
  .default('checkpoint')
  .describe('When to force what was written to disk: at each checkpoint, or never (the operating system decides).');
