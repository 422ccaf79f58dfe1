// A call that fails again and again is not made for a while: a breaker around any function that gives a Promise or an
// Observable.
import { CallDenied, createBreaker } from 'caducus';

const breaker = createBreaker({ failureThreshold: 3, waitInOpen: 30_000 }, 'prices');
const say = (text: string) => process.stdout.write(`${text}\n`);

let calls = 0;
const prices = breaker.guard(
  async (item: string): Promise<number> => {
    calls += 1;
    throw new Error(`no price of ${item}: connection refused`);
  },
  { clock: Date.now, onTransition: ({ from, to, why }) => say(`${from} -> ${to}: ${why}`) },
);

for (const item of ['apples', 'pears', 'plums', 'figs', 'dates']) {
  await prices(item).catch((error: unknown) => say(error instanceof CallDenied ? `${item} denied` : `${item} failed`));
}
say(`${calls} of 5 calls were made`);
