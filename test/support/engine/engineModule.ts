import { CaducusError } from '../../../src/errors.ts';
import type { Engine } from '../../../src/engine/transport.ts';
import { MemoryEngine } from './memoryTransport.ts';

const shared = globalThis as { caducusTestEngines?: Map<string, MemoryEngine> };

/** Engines in this process, by address and pipeline; the same however often this module is loaded. */
export const opened = (shared.caducusTestEngines ??= new Map<string, MemoryEngine>());

/** For --require. */
export const engines: Engine[] = [
  {
    name: 'memory',
    async open(url, { pipeline, existing = false }) {
      const name = `${url} ${pipeline}`;
      if (existing && !opened.has(name)) throw new CaducusError('CAD040', {}, `nothing of a pipeline "${pipeline}" is on ${url}`);
      const engine = opened.get(name) ?? new MemoryEngine({ step: false });
      opened.set(name, engine);
      return engine.transport('here');
    },
  },
];
