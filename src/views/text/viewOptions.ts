/** How a view is drawn. Views are pure: everything they need is in their data and here. */
export interface ViewOptions {
  /** Width of the screen; no line is longer. */
  columns: number;
  /** There is no screen: `columns` is where lines are broken, and nothing is cut. */
  uncut?: boolean;
  /** Colours repeat what a word says; without them nothing is lost. */
  color: boolean;
  /** Only ASCII: trends and bars in letters, `~` where something was cut. */
  ascii: boolean;
  /** IANA name of the zone times are shown in; `UTC` unless given otherwise. */
  timeZone: string;
  /** Milliseconds since 1970 that ages count from: event time, never the wall clock. */
  now?: number;
}

/** Where there is no screen, pages are drawn for so many columns; from as many on there is room for every column. */
export const widest = 96;

/** The columns there are to draw in. */
export const usableColumns = ({ columns }: ViewOptions): number => Math.max(1, Math.floor(columns));
