import { fileURLToPath } from 'node:url';
import { loadCompiled } from './codeCache.ts';
import type * as Program from './program.ts';

/** A hash of the bundled program, put in place of this name when it is bundled. */
declare const PROGRAM_VERSION: string;

/** The program as it was bundled, beside this module; what the entry loads in place of its sources. */
const compiled = loadCompiled(fileURLToPath(new URL('program.cjs', import.meta.url)), PROGRAM_VERSION, (specifier) => import(specifier));

export const { main, showError } = compiled.exports as typeof Program;

process.once('exit', compiled.keep);
