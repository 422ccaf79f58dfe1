import { run } from '../../../src/index.ts';

// A program that uses the library: runs the pipeline file it is given, and says how many signals left it.
const [file = '', dataDir = ''] = process.argv.slice(2);
let seen = 0;
run(file, { dataDir }).subscribe({
  next: () => void (seen += 1),
  complete: () => void process.stderr.write(`${seen} signals\n`),
  error: (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  },
});
