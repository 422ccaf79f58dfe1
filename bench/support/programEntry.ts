/** The command line, for processes that a test or a measurement starts. */
import { main } from '../../src/cli/program.ts';

process.exitCode = await main(process.argv.slice(2), '0.0.0-bench');
