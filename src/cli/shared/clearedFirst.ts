import type { Screen } from '../../io.ts';

/** A screen on which something else is shown meanwhile: that is taken away before anything is written. */
export const clearedFirst = (screen: Screen, clear: () => Promise<void>): Screen => ({
  get isTTY() {
    return screen.isTTY;
  },
  get columns() {
    return screen.columns;
  },
  write: async (text) => {
    await clear();
    return screen.write(text);
  },
});
