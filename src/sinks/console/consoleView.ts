import type { Io } from '../../io.ts';
import type { JsonObject } from '../../event.ts';
import type { Signal } from '../../signal.ts';
import type { ViewOptions } from '../../views/text/viewOptions.ts';
import type { SinkContext } from '../sink.ts';

/** What a view of the console is drawn with. */
export interface ViewContext {
  io: Io;
  /** Asked for each time: a terminal may have been made wider. */
  style: () => ViewOptions;
  /** Redraw in place. */
  live: boolean;
  only: 'all' | 'last';
  top?: number | undefined;
  /** A sentence in the second line of a radar. */
  note?: string | undefined;
  /** How the run stands, where it is known. */
  standing?: SinkContext['standing'];
}

/** A view that is being shown. */
export interface ShownView {
  take(signals: readonly Signal[]): Promise<void>;
  /** Shows what waits for its turn. */
  flush?(): Promise<void>;
  close?(): Promise<void>;
  /** A few words for the end-of-run summary. */
  note?(): string;
  figures?(): JsonObject;
}

/** A way to look at what comes, by the name that `view:` has for it. */
export interface ConsoleView<Name extends string = string> {
  name: Name;
  /** Kinds that it shows; the others are filtered. */
  kinds: readonly string[];
  show(context: ViewContext): ShownView;
}

/** Writes lines to the screen; nothing when there are none. */
export async function writeLines({ io }: Pick<ViewContext, 'io'>, lines: readonly string[]): Promise<void> {
  if (lines.length > 0) await io.stdout.write(lines.map((text) => `${text}\n`).join(''));
}
