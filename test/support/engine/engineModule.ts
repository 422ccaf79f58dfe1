import type { Engine } from '../../../src/engine/transport.ts';
import { MemoryEngine } from './memoryTransport.ts';

/** For --require: an engine in this process. */
export const engines: Engine[] = [{ name: 'memory', open: async () => new MemoryEngine({ step: false }).transport('here') }];
