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

  it('of what is stale it says which sources and groups can be seen, how far they lie behind, and why not', async () => {
    const view = incident();
    const quiet = { quiet_ms: 860_000, last_seen: '2026-03-14T02:55:40.000Z', usual_gap_ms: 2000, events_per_second: 0 };
    const stale = { groups: 4, of: 6, as_of: '2026-03-14T02:55:40.000Z', for_ms: 860_000, usual_gap_ms: 2000 };
    const trouble = { since: '2026-03-14T02:55:41.000Z', why: '403 AccessDenied, 9 tries' };
    const [cloudwatch, pager] = [
      { id: 'cloudwatch', received: 9, events_per_second: 0, behind_ms: 860_000, trouble },
      { id: 'pager', received: 3, events_per_second: 0.1, behind_ms: 12_000 },
    ];
    const groups = view.groups.map((one, i) => (i === 0 ? { ...one, ...quiet, state: 'no data' as const, finding: undefined } : one));
    const text = async (sources: typeof view.sources) => {
      const page = await sheetPage({ kind: 'radar', view: { ...view, live: true, stale, sources, groups } }, nodeIo());
      const panel = /<section class="panel sources"[^]*?<\/section>/.exec(page)![0];
      return panel
        .replaceAll(/<\/t[dh]>/g, ' | ')
        .replaceAll(/<[^>]*>/g, '')
        .replaceAll(/[ \n]+/g, ' ');
    };
    expect(await text([cloudwatch!, pager!]))
      .to.contain('no data | 03:00:40Z | 14m 20s | - | 0 | - | 403 AccessDenied, 9 tries, since 02:55:41Z |')
      .and.to.contain('live | 03:14:48Z | 12s | - | 0.1 | 12s | 3 came |')
      .and.to.contain('14m 20s | 2s | 0 | - | silent against its habit |')
      .and.to.contain('acked by lea until 05:00Z: “moved to batch”');
    expect(await text([cloudwatch!])).to.contain('its source gives nothing');
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
