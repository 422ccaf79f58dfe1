import { spawnSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

/** Whether there is a terminal to be had. */
export const hasTmux = spawnSync('tmux', ['-V']).status === 0;

const tmux = (...given: string[]): string => {
  const { status, stdout, stderr } = spawnSync('tmux', ['-L', `caducus-${process.pid}`, '-f', '/dev/null', ...given], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`tmux ${given[0]}: ${stderr}`);
  return stdout;
};

/** A shell in a terminal of tmux. */
export interface TerminalWindow {
  /** Presses keys, each by tmux's name for it. */
  press(...keys: string[]): void;
  /** Types a text. */
  type(text: string): void;
  resize(columns: number, rows: number): void;
  /** What is on the screen. */
  screen(): string;
  /** Whether the program that is on has taken the screen. */
  isWhole(): boolean;
  /** Takes nothing of what the program writes until `meanwhile` is over: what the terminal's buffer does not hold waits. */
  stall(meanwhile: () => Promise<void>): Promise<void>;
  /** Resolves when the screen is as wanted, with what is on it; rejects with what is there when it never is. */
  until(what: string, wanted: (screen: string) => boolean): Promise<string>;
  close(): void;
}

/** How long something may take that is seen at once on a machine with nothing else to do, milliseconds. */
const patience = 60_000;

/** Opens a terminal of that size with a plain shell in a folder. */
export function openTerminal(columns: number, rows: number, folder: string, env: Record<string, string> = {}): TerminalWindow {
  const set = Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  tmux('new-session', '-d', '-s', 'test', '-x', String(columns), '-y', String(rows), '-c', folder, ...set, 'bash --norc --noprofile -i');
  const screen = () => tmux('capture-pane', '-p', '-t', 'test');
  return {
    press: (...keys) => void tmux('send-keys', '-t', 'test', ...keys),
    type: (text) => void tmux('send-keys', '-t', 'test', '-l', text),
    resize: (x, y) => void tmux('resize-window', '-t', 'test', '-x', String(x), '-y', String(y)),
    screen,
    isWhole: () => tmux('display-message', '-p', '-t', 'test', '#{alternate_on}').trim() === '1',
    async stall(meanwhile) {
      const server = Number(tmux('display-message', '-p', '-t', 'test', '#{pid}'));
      process.kill(server, 'SIGSTOP');
      try {
        await meanwhile();
      } finally {
        process.kill(server, 'SIGCONT');
      }
    },
    async until(what, wanted) {
      const end = performance.now() + patience;
      for (;;) {
        const text = screen();
        if (wanted(text)) return text;
        if (performance.now() > end) throw new Error(`never came: ${what}\n${text}`);
        await wait(50);
      }
    },
    close: () => void tmux('kill-server'),
  };
}
