import { ioFailure } from '../../run/ioFailure.ts';

/** Keeps something that can be made again: on a disk that is full or may only be read, it is made again the next time. */
export function orUnkept(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (ioFailure(error, {}) === error) throw error;
  }
}
