/**
 * How long the commands over a store take: of events in segments, and of a tenth of them in a folder. Build first.
 *
 *     npm run bench:store -- [events] [--rounds 3]
 */
import { parseArgs } from 'node:util';
import { storeCommands } from './suite/storeCommands.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { rounds: { type: 'string', default: '3' } } });
console.table(await storeCommands(Number(positionals[0] ?? 1_000_000), Number(values.rounds)));
