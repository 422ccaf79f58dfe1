/** A position whose tokens look constant and which evidence has shown to be a value. */
export const WILD = 3;

/** What a template is made of, token by token. */
export interface Pieces {
  /** A hash for what is constant, VALUE for values. */
  readonly hashes: readonly number[];
  /** CODE, KEPT, CONST, SOFT, VAR or WILD. */
  readonly kinds: readonly number[];
  /** The founding line's tokens, and what stood before, between and behind them. */
  readonly texts: readonly string[];
  readonly glue: readonly string[];
}

/** Where a template's tokens lie in a line: the first and last token of the line for each token of the template. */
export interface Alignment {
  from: number[];
  to: number[];
}
