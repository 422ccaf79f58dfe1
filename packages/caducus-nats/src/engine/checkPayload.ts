import { CaducusError } from 'caducus';

/** The parts in which the logs are cut have half a megabyte and a head. */
const least = 600 * 1024;

/** Throws CAD020 for a server that takes no message as large as a part of a log. */
export function checkPayload(most: number, path: string): void {
  if (most >= least) return;
  throw new CaducusError('CAD020', { path }, `the server takes messages of at most ${most} bytes, and the engine needs ${least}`, {
    hint: 'Set max_payload of the server to 1MB, its default, or more.',
  });
}
