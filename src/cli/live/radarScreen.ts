import type { Terminal } from '../../io/terminal.ts';
import type { RunFigures } from '../../run/report.ts';
import type { RunProgress } from '../../run/runOptions.ts';
import { ackFromScreen } from './ackFromScreen.ts';
import { openLiveScreen } from './liveScreen.ts';
import { RunLook } from './runLook.ts';
import { clearedFirst } from '../shared/clearedFirst.ts';
import type { CliContext } from '../shared/context.ts';

/** How often what is shown is looked at anew, milliseconds. */
const lookEvery = 500;

/** The terminal for a live screen of these files; null where there is none, or what is read is typed on it. */
export function liveTerminal(files: readonly string[], { io }: CliContext): Terminal | null {
  if (files.length === 0) return null;
  const terminal = io.terminal?.() ?? null;
  return terminal?.takesInput && files.includes('-') ? null : terminal;
}

/** What is read, live on the terminal: the run hands it what it finds, and prints what is to stay when it is over. */
export function radarScreen(files: readonly string[], terminal: Terminal, context: CliContext) {
  const { io } = context;
  const subject = files.includes('-') ? 'standard input' : files.length === 1 ? files[0]! : `${files[0]} and ${files.length - 1} more`;
  const run = new RunLook(subject, io);
  const screen = openLiveScreen({ terminal, context, first: run.look(), ack: (target, typed) => ackFromScreen(target, typed, context) });
  const over = io.every(lookEvery, () => screen.show(run.look()));
  const clear = async () => {
    over();
    await screen.close();
  };
  /** What is printed stands where the program was started. */
  const stdout = clearedFirst(io.stdout, clear);
  return {
    stdout,
    stderr: screen.stderr,
    quit: screen.quit,
    clear,
    see: run.see,
    watch: (figures: () => RunFigures | null) => {
      run.figures = figures;
    },
    show: (_progress: RunProgress) => undefined,
  };
}
