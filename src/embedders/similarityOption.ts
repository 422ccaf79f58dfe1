import { z } from 'zod';

/** The option every embedder has: the cosine from which two texts are taken for the same topic. */
export const similarityOption = (calibrated: number) =>
  z
    .number()
    .min(-1)
    .max(1)
    .default(calibrated)
    .describe('Cosine from which two templates are taken for the same topic; eval:topics measures it on pairs of your own.');
