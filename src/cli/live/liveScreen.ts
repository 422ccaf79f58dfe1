import type { Screen } from '../../io.ts';
import type { Terminal } from '../../io/terminal.ts';
import { drawScreen } from '../../views/live/drawScreen.ts';
import type { Look } from '../../views/live/look.ts';
import { press } from '../../views/live/press.ts';
import { startScreen, type Wish } from '../../views/live/screenState.ts';
import { pictureStyle, type CliContext } from '../shared/context.ts';
import { changedLines } from './changedLines.ts';

export interface LiveScreenOptions {
  terminal: Terminal;
  context: CliContext;
  /** What is shown before anything is known. */
  first: Look;
  /** Somebody is on it; resolves to what became of that, in a sentence. */
  ack(target: string, typed: string): Promise<string>;
}

/** A live screen that is on. */
export interface LiveScreen {
  /** Aborted when whoever looks has seen enough, or the program is stopped. */
  readonly quit: AbortSignal;
  /** Takes what is to be seen now. */
  show(look: Look): void;
  /** A sentence above the keys, until the next. */
  say(message: string): void;
  /** Standard error while the screen is on: its last line is shown, all of it is printed behind. */
  readonly stderr: Screen;
  /** Gives the terminal back as it was. */
  close(): Promise<void>;
}

/** Lines of standard error that are kept for afterwards. */
const mostKept = 200;

/** Shows a live screen and follows its keys. All that is decided is decided by `press` and `drawScreen`. */
export function openLiveScreen({ terminal, context, first, ack }: LiveScreenOptions): LiveScreen {
  const { io } = context;
  const quit = new AbortController();
  const kept: string[] = [];
  let state = startScreen();
  let look = first;
  let page = 1;
  let message = '';
  /** What is on the screen; null when nothing is known of it. */
  let drawn: readonly string[] | null = null;
  let isOpen = true;
  let drawing = false;
  let stale = false;

  const draw = async () => {
    if (drawing) return;
    drawing = true;
    while (stale && isOpen && terminal.isTaken) {
      stale = false;
      const size = { rows: terminal.rows, columns: terminal.columns };
      const view = { ...pictureStyle(context), columns: size.columns };
      const next = drawScreen(state, look, size, view, message);
      page = next.page;
      const text = changedLines(drawn, next.lines, size.columns);
      drawn = next.lines;
      // A terminal that is slow gets the newest screen when it has taken the one before.
      if (text !== '') await io.stdout.write(text);
    }
    drawing = false;
  };
  const refresh = () => {
    stale = true;
    void draw();
  };
  const anew = () => {
    drawn = null;
    refresh();
  };
  const say = (text: string) => {
    message = text;
    refresh();
  };
  const grant = (wish: Wish) => {
    if (wish.do === 'quit') quit.abort();
    else if (wish.do === 'redraw') anew();
    else if (wish.do === 'suspend') terminal.signal('SIGTSTP');
    else if (wish.do === 'interrupt') {
      void close().then(() => terminal.signal('SIGINT'));
    } else {
      say('acking...');
      ack(wish.target, wish.text).then(say, (error: unknown) => say(error instanceof Error ? error.message : String(error)));
    }
  };
  async function close(): Promise<void> {
    if (!isOpen) return;
    isOpen = false;
    terminal.close();
    if (kept.length > 0) await io.stderr.write(kept.join(''));
  }

  terminal.open({
    key(key) {
      const pressed = press(state, key, look, page);
      state = pressed.state;
      message = '';
      refresh();
      if (pressed.wish) grant(pressed.wish);
    },
    resized: anew,
    resumed: anew,
  });
  // Before anything that takes its time: who asked for the end sees it at once.
  context.stop.addEventListener('abort', () => void close().then(() => quit.abort()), { once: true });
  refresh();
  return {
    quit: AbortSignal.any([quit.signal, context.stop]),
    show(next) {
      look = next;
      refresh();
    },
    say,
    stderr: {
      ...io.stderr,
      isTTY: io.stderr.isTTY,
      columns: io.stderr.columns,
      write: async (text) => {
        if (!isOpen) return io.stderr.write(text);
        kept.push(text);
        if (kept.length > mostKept) kept.shift();
        say(text.trim().split('\n').at(-1) ?? '');
        return true;
      },
    },
    close,
  };
}
