import { loopBack } from '../../../src/engine/loopback/loopBack.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';
import { transportContract } from '../../support/engine/transportContract.ts';
import { testIo } from '../../support/testIo.ts';

describe('an engine that is not asked for what was written here', () => {
  transportContract(async () => {
    const engine = new MemoryEngine({ step: false });
    const io = { ...testIo(), sleep: () => new Promise<void>((resolve) => setImmediate(resolve)) };
    return {
      open: async (process) => loopBack(engine.transport(process), io),
      lapse: async () => engine.holds.clear(),
      close: async () => undefined,
    };
  });
});
