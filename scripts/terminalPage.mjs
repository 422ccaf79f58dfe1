/** What a terminal's screen shows, with its escapes for colours, as a page to take a picture of; and the screen itself, by tmux. */
import { spawnSync } from 'node:child_process';

/** Colours by their number in SGR, on paper and on a dark screen. */
const colours = {
  light: { 31: '#a4161a', 32: '#1b7a47', 33: '#8a5300', 34: '#1f4fc4', 35: '#8e2a86', 36: '#0b6e78', 90: '#626a74' },
  dark: { 31: '#ff8f7f', 32: '#5fc78d', 33: '#e0b060', 34: '#8fb0ff', 35: '#e29adb', 36: '#6cc7d1', 90: '#8e97a2' },
};
const grounds = { light: ['#ffffff', '#171a1f'], dark: ['#14171b', '#e8eaed'] };

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A screen as `tmux capture-pane -e` gives it, as HTML. */
export function terminalPage(screen, scheme) {
  const [back, ink] = grounds[scheme];
  const set = { bold: false, dim: false, reverse: false, colour: null };
  const style = () => {
    const colour = colours[scheme][set.colour] ?? (set.dim ? colours[scheme][90] : ink);
    const [front, behind] = set.reverse ? [back, colour] : [colour, 'transparent'];
    return `color:${front};background:${behind};font-weight:${set.bold ? 600 : 400}`;
  };
  const take = (code) => {
    if (code === 0) Object.assign(set, { bold: false, dim: false, reverse: false, colour: null });
    else if (code === 1) set.bold = true;
    else if (code === 2) set.dim = true;
    else if (code === 7) set.reverse = true;
    else if (code === 22) Object.assign(set, { bold: false, dim: false });
    else if (code === 27) set.reverse = false;
    else if (code === 39) set.colour = null;
    else if ((code >= 30 && code <= 37) || code === 90) set.colour = code;
  };
  const pieces = screen.split(/(\u001b\[[\d;]*m)/u).map((piece) => {
    const codes = /^\u001b\[([\d;]*)m$/u.exec(piece)?.[1];
    if (codes === undefined) return piece === '' ? '' : `<span style="${style()}">${escape(piece)}</span>`;
    for (const code of codes.split(';')) take(Number(code));
    return '';
  });
  return `<!doctype html><meta charset="utf-8"><body style="margin:0;background:${back}"><pre style="display:inline-block;margin:0;padding:16px 20px;font:13px/18px ui-monospace,monospace;font-variant-ligatures:none">${pieces.join('')}</pre>`;
}

/** The screen of a command that takes all of it, once `ready` stands on it; with the escapes of its colours. */
export async function captureScreen(command, { columns, rows, ready, env = {} }) {
  const tmux = (...args) => {
    const { status, stdout, stderr } = spawnSync('tmux', ['-L', `caducus-pictures-${process.pid}`, '-f', '/dev/null', ...args], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`tmux ${args[0]}: ${stderr}`);
    return stdout;
  };
  const set = Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  tmux('new-session', '-d', '-s', 'picture', '-x', String(columns), '-y', String(rows), ...set, command);
  try {
    for (let i = 0; i < 300; i += 1) {
      const screen = tmux('capture-pane', '-e', '-p', '-t', 'picture');
      if (screen.includes(ready)) return screen;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`"${ready}" never came: ${command}`);
  } finally {
    tmux('kill-server');
  }
}
