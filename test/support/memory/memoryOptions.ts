import type { MemoryOptions } from '../../../src/memory/memoryOptions.ts';

/** A memory of windows of a minute that tells nothing early and asks for no vectors. */
export const minuteMemory: MemoryOptions = {
  windowMs: 60_000,
  earlyMs: 0,
  warmupMs: 0,
  periodMs: 86_400_000,
  halfLifeMs: 86_400_000,
  similarityThreshold: 0.9,
  maxTemplates: 100,
  maxTopics: 100,
  lexical: true,
};
