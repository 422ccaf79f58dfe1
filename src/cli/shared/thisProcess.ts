import type { LockSelf } from '../../store/lock.ts';

/** This process, and a way to ask whether another one runs: signal 0 asks without sending anything. */
export const thisProcess: LockSelf = {
  pid: process.pid,
  isAlive(pid) {
    try {
      return process.kill(pid, 0);
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EPERM';
    }
  },
};
