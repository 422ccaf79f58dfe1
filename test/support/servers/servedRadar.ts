import { expect } from 'chai';
import { main } from '../../../src/cli/program.ts';
import { nodeIo, type Files } from '../../../src/io.ts';
import { testIo, type TestIo } from '../testIo.ts';

interface Surroundings {
  files?: Files;
  /** The clock, milliseconds since 1970. Default: that of the machine. */
  now?(): number;
}

/** Runs a command that serves the radar, until `look` has seen enough of it. */
export async function serveCommand(
  args: readonly string[],
  look: (base: string, io: TestIo) => Promise<void>,
  { files, now = nodeIo().now }: Surroundings = {},
): Promise<{ exit: number; out: string; err: string }> {
  const io = testIo({ env: { HOME: '/nonexistent' } });
  const { monotonic, sleep, every } = nodeIo();
  const running = main([...args, '--http', '127.0.0.1:0'], '0.0.0-test', { ...io, ...(files && { files }), now, monotonic, sleep, every });
  let base: string | undefined;
  while (base === undefined) {
    await sleep(20);
    base = /The radar: (\S+)/.exec(io.stderr.text)?.[1];
    if (io.stderr.text.includes('error ')) expect.fail(io.stderr.text);
  }
  try {
    await look(base, io);
  } finally {
    process.emit('SIGINT', 'SIGINT');
  }
  return { exit: await running, out: io.stdout.text, err: io.stderr.text };
}
