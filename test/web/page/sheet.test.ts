import { expect } from 'chai';
import { sheetPage } from '../../../src/cli/share/sheetPage.ts';
import { startBoard } from '../../../src/board/board.ts';
import { reduceBoard } from '../../../src/board/reduceBoard.ts';
import { viewBoard } from '../../../src/board/viewBoard.ts';
import { nodeIo } from '../../../src/io.ts';
import type { Sheet } from '../../../src/web/api/sheet.ts';
import { contextResult, episode } from '../../support/views/viewSamples.ts';
import { end, now, past } from './incident.ts';

/** What is tested here, as the page that it is printed as. */
export const sheet = new URL('../../../src/web/page/sheet.ts', import.meta.url);

function incident() {
  const board = startBoard();
  for (const signal of [...past(), ...now()]) reduceBoard(board, signal);
  const standing = { pipeline: 'hdfs-radar', live: false, problem: null, watermark: end - 20_000, rate: null, sources: [] };
  return viewBoard(board, standing, end);
}

describe('drawSheet', () => {
  it('draws the incident: what fires, the lanes, the order in time, what is shared', async () => {
    const page = await sheetPage({ kind: 'radar', view: incident() }, nodeIo());
    for (const part of [
      'Firing',
      'hdfs-config r214',
      '+1:40',
      'disk swapped',
      'class="spark"',
      'class="cell',
      'Order in time, not proof of cause',
      'Read</b>, as of',
    ])
      expect(page).to.contain(part);
    expect(page).not.to.match(/<button|<form|<input|@click|\[object/);
  });

  it('counts an episode beside the lanes where it is all that was found, else what is not listed in the table', async () => {
    const view = incident();
    const count = async (findings: typeof view.findings) =>
      /<span class="note">(\d+ firing, \d+ acked)/.exec(await sheetPage({ kind: 'radar', view: { ...view, findings } }, nodeIo()))?.[1];
    expect(await count(view.findings)).to.equal('2 firing, 1 acked');
    expect(await count(view.findings.filter(({ type }) => type === 'episode'))).to.equal('1 firing, 0 acked');
  });

  it('text from outside is text, wherever it stands', async () => {
    const evil = '</style></section><script>alert(1)</script><img src=x onerror=alert(1)>"\' \u202e';
    const poisoned = JSON.parse(JSON.stringify({ ...contextResult, query: evil }), (key, value: unknown) =>
      typeof value === 'string' && ['label', 'text', 'note', 'link', 'value', 'group_id'].includes(key) ? evil : value,
    ) as typeof contextResult;
    const radar = JSON.parse(JSON.stringify(incident()), (key, value: unknown) =>
      typeof value === 'string' && ['label', 'text', 'title', 'pattern', 'group_id', 'note', 'who', 'link', 'rule', 'why'].includes(key)
        ? evil
        : value,
    ) as ReturnType<typeof incident>;
    const finding = { ...episode, title: evil, parts: [{ kind: 'text' as const, text: evil }] };
    const sheets: Sheet[] = [
      { kind: 'context', result: poisoned },
      { kind: 'radar', view: radar },
      { kind: 'episodes', episodes: [finding], as_of: episode.updated },
    ];
    for (const sheet of sheets) {
      // A key is for the page's own code, and is never shown.
      const page = (await sheetPage(sheet, nodeIo())).replace(/ data-key="[^"]*"/g, '');
      expect(page.match(/<\/style>/g)).to.have.length(1);
      expect(page).to.contain('&lt;script&gt;');
      expect(/.{0,90}(?:<script|<img|\u202e)/.exec(page)?.[0]).to.equal(undefined);
      expect(page).not.to.match(/<[^>]*\son\w+=(?=[^"]*>)/);
    }
  });
});
