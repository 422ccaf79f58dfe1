/**
 * Several command lines in one process of its own, one after the other: `node ... test/support/commands.ts LIST`, a JSON
 * list of lists of arguments. Prints a JSON list of what came of each. For what a test cannot have in its own process,
 * such as other conditions of resolving packages.
 */
import { caducus } from './caducus.ts';

const results: Awaited<ReturnType<typeof caducus>>[] = [];
for (const args of JSON.parse(process.argv[2]!) as string[][]) results.push(await caducus(args));
process.stdout.write(JSON.stringify(results));
