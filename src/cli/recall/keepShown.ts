import type { Signal } from '../../signal.ts';
import { ShownIndex } from '../../store/shown.ts';
import type { CliContext } from '../shared/context.ts';

/** How often a run writes down what it has shown, milliseconds: soon enough for who types an id off the screen. */
const every = 2000;

interface Shown {
  see(signal: Signal): void;
  /** Writes what was seen since the last time, when that is a while ago; asked again and again, so that nothing waits for the next thing shown. */
  settle(): void;
  write(): void;
}

/** Keeps the ids a run shows on disk, for the commands that are given their beginnings. */
export function keepShown({ io, dataDir }: CliContext): Shown {
  const index = new ShownIndex();
  let at = io.monotonic();
  let fresh = false;
  const write = () => {
    index.write(io.files, dataDir);
    fresh = false;
  };
  const settle = () => {
    if (!fresh || io.monotonic() - at < every) return;
    at = io.monotonic();
    write();
  };
  return {
    write,
    settle,
    see(signal) {
      if (signal.kind !== 'radar' && signal.kind !== 'finding') return;
      index.see(signal);
      fresh = true;
      settle();
    },
  };
}
