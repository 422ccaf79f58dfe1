import { MemoryEngine } from '../support/engine/memoryTransport.ts';
import { transportContract } from '../support/engine/transportContract.ts';

describe('the transport in memory', () => {
  transportContract(async () => {
    const engine = new MemoryEngine({ step: false });
    return {
      open: async (process) => engine.transport(process),
      lapse: async () => engine.holds.clear(),
      close: async () => undefined,
    };
  });
});
