import { testIo, type TestIo, type TestIoOptions } from '../../src/testing.ts';

export type { TestIo } from '../../src/testing.ts';

/** An outside whose clock moves by itself when somebody sleeps, so that nothing ever waits. */
export const virtualIo = (options: TestIoOptions = {}): TestIo => testIo({ start: Date.UTC(2026, 2, 14, 3), auto: true, ...options });

/** Lets everything that waits for the event loop go on. */
export async function settle(turns = 20): Promise<void> {
  for (let i = 0; i < turns; i += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}
