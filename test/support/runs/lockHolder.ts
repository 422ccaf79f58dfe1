/** A process that takes the lock it is given, says so, and holds it until it is killed. */
import { nodeIo } from '../../../src/io.ts';
import { lock } from '../../../src/store/lock.ts';

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
await lock(nodeIo(), process.argv[2]!, { pid: process.pid, isAlive }).then(
  () => process.stdout.write('held\n'),
  (error: Error) => {
    process.stdout.write(`${error.message}\n`);
    process.exit(1);
  },
);
setInterval(() => {}, 1000);
