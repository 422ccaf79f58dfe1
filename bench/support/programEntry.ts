/** The command line, for processes that a test or a measurement starts. */
import { writeFileSync } from 'node:fs';
import { boundHeapGrowth } from '../../src/cli/heapGrowth.ts';
import { main } from '../../src/cli/program.ts';

boundHeapGrowth();
const exit = await main(process.argv.slice(2), '0.0.0-bench');
process.exitCode = exit;
// What it took, for whoever measures it.
const { CADUCUS_BENCH_USAGE: usage } = process.env;
if (usage !== undefined) writeFileSync(usage, JSON.stringify(process.resourceUsage()));
// As src/cli/main.ts: what could not be drained in time may hold the process for ever.
if (exit === 75) process.exit(exit);
