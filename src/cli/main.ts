#!/usr/bin/env node
import { readFileSync, writeSync } from 'node:fs';
import { boundHeapGrowth } from './heapGrowth.ts';

/** A hash of the bundled program, put in place of this name when it is bundled; not there in the sources. */
declare const PROGRAM_VERSION: string | undefined;

/** The version in package.json, two folders above both this file and its bundle. */
function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

// Asked by scripts at every start: answered without loading anything.
const args = process.argv.slice(2);
if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  process.stdout.write(`${version()}\n`);
} else {
  boundHeapGrowth();
  const { main, showError } = await import('./program.ts');
  // What nobody caught is reported as any other error; what the program is made of is no use to who reads it.
  const die = (error: unknown) => {
    const { text, exit: code } = showError(error, { color: false });
    writeSync(2, text);
    process.exit(code);
  };
  process.on('uncaughtException', die).on('unhandledRejection', die);
  const exit = await main(args, version(), undefined, typeof PROGRAM_VERSION === 'undefined' ? null : PROGRAM_VERSION);
  process.exitCode = exit;
  // What could not be drained in time may hold the process for ever.
  if (exit === 75) process.exit(exit);
}
