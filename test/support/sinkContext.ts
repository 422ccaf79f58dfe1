import type { SinkContext } from '../../src/sinks/sink.ts';
import { testIo, type TestIo } from './testIo.ts';

/** What a sink is opened with in a test. */
export function sinkContext(dataDir: string, context: Partial<SinkContext> & { io?: TestIo } = {}): SinkContext & { io: TestIo } {
  return { io: testIo(), id: 'store', dataDir, from: null, pipeline: 'test', ...context };
}
