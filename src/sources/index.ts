import { file } from './file.ts';
import { stdin } from './stdin.ts';
import { store } from './store.ts';

/** Every source there is. A program adds its own to a registry of its own. */
export const sources = [file, stdin, store] as const;
