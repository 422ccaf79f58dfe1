import { waited } from '../../base/waiting.ts';
import type { Terminal } from '../../io/terminal.ts';
import { componentRows } from '../../views/live/componentRows.ts';
import { listRows } from '../../views/live/liveRows.ts';
import type { Look } from '../../views/live/look.ts';
import { rowTable } from '../../views/live/rowTable.ts';
import { topLines } from '../../views/live/topLines.ts';
import { line } from '../../views/text/line.ts';
import { askRun, type Asked } from '../control/askRun.ts';
import { pictureStyle, print, printJson, type CliContext } from '../shared/context.ts';
import { ackFromScreen } from './ackFromScreen.ts';
import { openLiveScreen } from './liveScreen.ts';

/** How often a run that is over is asked for again, milliseconds: it may have been started anew. */
const askEvery = 1_000;

/** Shows a running pipeline, live on a terminal, once elsewhere. Throws as `askRun`. */
export async function openTop(name: string | undefined, plain: boolean, context: CliContext): Promise<void> {
  const asked = await askRun<Look>(name, { ask: 'look' }, context);
  const terminal = plain || context.json ? null : (context.io.terminal?.() ?? null);
  for await (const look of asked.answers) {
    if (terminal) return showLive(asked, look, terminal, context);
    asked.close();
    return context.json ? printJson(context, look) : print(context, lookPage(look, context));
  }
}

/** A look as a page: what stands on the screen, and the components below it. */
export function lookPage(look: Look, context: CliContext): string[] {
  const view = pictureStyle(context);
  const rows = listRows(look, '', 'score');
  const list = rows.length > 0 ? rowTable(rows, look, view) : [line(['Nothing to show in this window.'], view)];
  return [...topLines(look, view), ...list, '', ...componentRows(look.components ?? [], view)];
}

async function showLive(asked: Asked<Look>, first: Look, terminal: Terminal, context: CliContext): Promise<void> {
  const { pipeline } = asked;
  const screen = openLiveScreen({ terminal, context, first, ack: (target, typed) => ackFromScreen(target, typed, context) });
  let current = asked;
  screen.quit.addEventListener('abort', () => current.close(), { once: true });
  try {
    for (;;) {
      for await (const look of current.answers) screen.show(look);
      do {
        if (screen.quit.aborted) return;
        screen.say(`${pipeline} does not run any more; asked for again every second.`);
        if (!(await waited(context.io, askEvery, screen.quit))) return;
        const again = await askRun<Look>(pipeline, { ask: 'look' }, context).catch(() => null);
        if (again) {
          current = again;
          screen.say('');
          break;
        }
      } while (!screen.quit.aborted);
    }
  } finally {
    current.close();
    await screen.close();
  }
}
