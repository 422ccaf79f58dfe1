/**
 * A process that writes a numbered log under its fence, for tests that kill it or let it stand still:
 * `engineWriter.ts URL PIPELINE HOLDER LEASE`. It takes the work, appends a message every few milliseconds, and says each
 * number that was written, and how it ended.
 */
import { Stale } from 'caducus';
import { setTimeout as sleep } from 'node:timers/promises';
import { jetStreamTransport } from '../../src/engine/jetStreamTransport.ts';

const [url, pipeline, holder, lease] = process.argv.slice(2) as [string, string, string, string];
const transport = await jetStreamTransport(url, { pipeline, lease: Number(lease), replicas: 1 });
while (!(await transport.hold('desk', holder))) await sleep(50);
let fence = (await transport.last('desk'))?.seq ?? 0;
try {
  for (let n = 1; ; n += 1) {
    fence = await transport.append('desk', Buffer.from(`${holder} ${n}`), fence);
    console.log(`wrote ${holder} ${n}`);
    await sleep(5);
  }
} catch (error) {
  if (!(error instanceof Stale)) throw error;
  console.log('refused');
  console.log(`holds ${await transport.hold('desk', holder)}`);
}
await transport.close();
