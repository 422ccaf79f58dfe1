/** What keeps a source or a sink from its work, and since when, milliseconds of the wall clock. */
export interface Trouble {
  since: number;
  why: string;
}
