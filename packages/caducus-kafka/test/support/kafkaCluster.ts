import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const program = 'kcat';

/** A suite that needs a cluster; without kcat, whose library has one in it, it is skipped by name. */
export function withKafka(title: string, suite: (this: Mocha.Suite) => void): void {
  if (spawnSync(program, ['-V']).status === 0) describe(title, suite);
  else describe.skip(`${title} (needs kcat: apt-get install kcat)`, suite);
}

/** Two brokers of librdkafka's mock cluster, which live in one process. They keep what they are given until they are stopped. */
export class KafkaCluster {
  readonly #child: ChildProcess;
  readonly brokers: string;

  private constructor(child: ChildProcess, brokers: string) {
    this.#child = child;
    this.brokers = brokers;
  }

  static async start(): Promise<KafkaCluster> {
    // It produces what it is given, and ends with its input: nothing comes.
    const child = spawn(program, ['-X', 'test.mock.num.brokers=2', '-d', 'mock', '-b', 'ignored', '-P', '-t', 'keepalive'], {
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    for await (const line of createInterface({ input: child.stderr! })) {
      const found = /bootstrap\.servers=([\d.:,]+)/.exec(line);
      if (!found) continue;
      child.stderr!.resume();
      return new KafkaCluster(child, found[1]!);
    }
    throw new Error('kcat started no cluster');
  }

  /** The broker that is asked first, as a pipeline names it. */
  get list(): string[] {
    return this.brokers.split(',');
  }

  /** Writes lines to a topic, which is made where there is none, as another program does. */
  produce(topic: string, lines: readonly string[], parameters: readonly string[] = []): void {
    const { status, stderr } = spawnSync(
      program,
      ['-b', this.brokers, '-P', '-t', topic, '-X', 'topic.partitioner=murmur2', ...parameters],
      {
        input: lines.map((line) => `${line}\n`).join(''),
      },
    );
    if (status !== 0) throw new Error(`kcat: ${stderr.toString()}`);
  }

  /** It answers nobody until it goes on. */
  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const closed = once(this.#child, 'close');
    this.#child.kill('SIGKILL');
    await closed;
  }
}
