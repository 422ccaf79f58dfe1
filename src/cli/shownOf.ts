import type { Signal } from '../signal.ts';
import { ShownIndex } from '../store/shown.ts';
import type { CliContext } from './context.ts';

/** How often a run writes down what it has shown, milliseconds: soon enough for who types an id off the screen. */
const every = 2000;

/** Keeps the ids a run shows on disk, for the commands that are given their beginnings. */
export function shownOf({ io, dataDir }: CliContext): { see(signal: Signal): void; write(): void } {
  const index = new ShownIndex();
  let at = io.monotonic();
  const write = () => index.write(io.files, dataDir);
  return {
    write,
    see(signal) {
      if (signal.kind !== 'radar' && signal.kind !== 'finding') return;
      index.see(signal);
      if (io.monotonic() - at < every) return;
      at = io.monotonic();
      write();
    },
  };
}
