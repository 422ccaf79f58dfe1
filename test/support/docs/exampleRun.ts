import { nodeIo, type Io } from '../../../src/io.ts';
import { builtins } from '../../../src/pipeline/builtins.ts';
import { loadPipeline } from '../../../src/pipeline/load.ts';
import type { Registry } from '../../../src/pipeline/registry.ts';
import { openRun } from '../../../src/run/openRun.ts';
import { capturedScreen } from '../testIo.ts';

/** What the clock says while an example runs. */
export const now = Date.UTC(2026, 2, 14, 3, 10);

export interface Example {
  /** The pipeline file. */
  text: string;
  env?: Readonly<Record<string, string>>;
  stdin?: string;
  dataDir: string;
  /** What it may name beside what comes with caducus. */
  registry?: Registry;
  /** What is done once a listener of it listens; then it is waited for `until` to hold, and the run is stopped. */
  listening?(port: number): Promise<void>;
  until?(printed: string): boolean;
}

/** Runs a pipeline file as `caducus run` does, real files and network, the clock standing still; what it printed. */
export async function runExample({ text, env = {}, stdin = '', dataDir, registry = builtins, listening, until }: Example): Promise<string> {
  const pipeline = loadPipeline('example.yaml', text, {
    registry,
    variables: { env, config: (path) => (path === 'data_dir' ? dataDir : undefined) },
  });
  const stop = new AbortController();
  let begin = (_port: number) => {};
  const port = new Promise<number>((resolve) => (begin = resolve));
  const real = nodeIo();
  const stdout = capturedScreen();
  const print = stdout.write.bind(stdout);
  stdout.write = async (part) => {
    const written = await print(part);
    if (until?.(stdout.text)) stop.abort();
    return written;
  };
  const heard = <Opened extends { port: number }>(opened: Opened): Opened => {
    begin(opened.port);
    return opened;
  };
  const io: Io = {
    ...real,
    env,
    now: () => now,
    stdout,
    async *stdin() {
      yield Buffer.from(stdin);
    },
    net: {
      ...real.net,
      serve: async (...given) => heard(await real.net.serve(...given)),
      listenStream: async (...given) => heard(await real.net.listenStream(...given)),
    },
  };
  const run = await openRun(pipeline, { mode: 'durable', io, dataDir, stop: stop.signal });
  try {
    const over = run.execute();
    if (listening) {
      await listening(await port);
      // What is waited for is not printed.
      if (!until) stop.abort();
    }
    await over;
  } finally {
    await run.close();
  }
  return stdout.text;
}
