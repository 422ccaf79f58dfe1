/** What one group's engine may hold. */
export interface TemplateLimits {
  /** Live templates of the group; beyond it the rarest, then the longest unseen go. */
  maxTemplates: number;
  /** Tokens of a line that are told apart; what follows is one value. */
  maxTokens: number;
  /** Bytes of a line that are read. */
  maxBytes: number;
  /** Values a slot remembers by name. */
  maxSlotValues: number;
  /** Remembered ways from signatures to templates. */
  maxSignatures: number;
  /** Merges and tombstones kept until they are taken; beyond it the first go. */
  maxRecords: number;
}

export const defaultLimits: TemplateLimits = {
  maxTemplates: 4096,
  maxTokens: 128,
  maxBytes: 16384,
  maxSlotValues: 16,
  maxSignatures: 8192,
  maxRecords: 10000,
};

/**
 * Lines a group must bring for each new template once a first quarter of `maxTemplates` is spent; the first 2,000 lines
 * of real systems found 10 to 140. Input in which every line is of a new kind has no kinds; what comes faster than this
 * is counted under one template for everything else.
 */
export const LINES_A_TEMPLATE = 32;

/** Templates of requests with any path that may be founded beyond that: one a method and class of answer. */
export const FLAT_TEMPLATES = 64;
