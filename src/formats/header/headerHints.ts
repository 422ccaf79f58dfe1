/** What is known of a stream's headers. */
export type HeaderHints = {
  /** Where else than at the start its stamps stand; null while nothing is known, when any place will do. */
  places: string[] | null;
  /** Whether the word behind the stamp is its level, whatever its case. */
  levelFirst: boolean;
  /** Whether a name stands behind the stamp, and the level behind it, whatever its case. */
  levelSecond: boolean;
  /** Whether one word and a colon behind the level name a part of the program, and are no part of the message. */
  tags: boolean;
};

export const noHints: HeaderHints = { places: null, levelFirst: false, levelSecond: false, tags: false };
