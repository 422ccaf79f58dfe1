import { file } from './file.ts';
import type { Source } from './source.ts';
import { stdin } from './stdin.ts';
import { store } from './store.ts';

export { file, stdin, store };

/** Every source there is. A program adds its own to a registry of its own. */
export const sources: readonly Source[] = [file, stdin, store] as readonly Source[];
