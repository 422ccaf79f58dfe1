/** The command line, for processes that a test or a measurement starts. */
import { main } from '../../src/cli/program.ts';

const exit = await main(process.argv.slice(2), '0.0.0-bench');
process.exitCode = exit;
// As src/cli/main.ts: what could not be drained in time may hold the process for ever.
if (exit === 75) process.exit(exit);
