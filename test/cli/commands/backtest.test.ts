import { existsSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { toIso } from '../../../src/event.ts';
import type { BacktestResult } from '../../../src/findings/backtest/result.ts';
import { caducus } from '../../support/caducus.ts';
import { temporaryFolder } from '../../support/testIo.ts';

const begin = Date.parse('2026-03-14T00:00:00Z');
const minute = 60_000;

const pipeline = `
name: shop
sources: { log: { file: { path: "\${LOG:-shop.log}", format: ndjson } } }
operators:
  - normalize: { group_id: "{service}" }
  - group_by: { key: group_id }
  - memory: { window: 5m, warmup: 30m }
  - rank: {}
  - rules:
      - { name: new-error, when: { state: new, min_level: error }, severity: critical }
sinks:
  store: { segments: {} }
`;

/** Three hours of two services; from 02:00 on one fails every minute for ten minutes. */
function writeLog(path: string): void {
  const lines: string[] = [];
  for (let i = 0; i < 180; i += 1) {
    const at = (seconds: number) => toIso(begin + i * minute + seconds * 1000);
    for (const service of ['orders', 'web']) lines.push(JSON.stringify({ ts: at(1), level: 'info', service, msg: `request ${i} served` }));
    if (i >= 120 && i < 130) lines.push(JSON.stringify({ ts: at(9), level: 'error', service: 'orders', msg: `could not save order ${i}` }));
  }
  writeFileSync(path, `${lines.join('\n')}\n`);
}

const incidents = `id,service,start,end
INC-1,orders,2026-03-14T02:04:00Z,2026-03-14T02:20:00Z
INC-2,web,2026-03-14T01:00:00Z,2026-03-14T01:10:00Z
INC-3,payments,2026-03-14T01:00:00Z,
`;

describe('caducus backtest', () => {
  const folder = temporaryFolder();
  const at = (name: string) => folder.file(name);
  const backtest = (...args: string[]) => caducus(['backtest', 'shop.yaml', '--data-dir', at('data'), ...args], { cwd: folder.path });
  const json = async (...args: string[]) => {
    const { exit, out, err } = await backtest(...args, '--json');
    expect(exit, err).to.equal(0);
    return JSON.parse(out) as BacktestResult & { would_change?: BacktestResult };
  };

  beforeEach(() => {
    writeLog(at('shop.log'));
    writeFileSync(at('shop.yaml'), pipeline);
    writeFileSync(at('incidents.csv'), incidents);
  });

  it('says what would have been sent, which incidents were caught, which missed and why, and what an option would change', async () => {
    const { exit, out } = await backtest('--incidents', 'incidents.csv', '--set', 'rules.new-error=off');
    expect(exit).to.equal(0);
    expect(out).to.equal(
      [
        'BACKTEST  shop.yaml                            2026-03-14  00:00:01-02:59:01Z, 370 records',
        'pages       1, 1.0 a day (by a webhook with its defaults: no sink of the file sends)',
        '            to webhook 1',
        'incidents   3 known: caught 1 (median 3m 50s earlier than its record), missed 2',
        '  missed    INC-2 no line changed',
        '            INC-3 group never sent',
        'not known   0 pages',
        'would change  --set rules.new-error=off: 0 pages, caught 0  no longer INC-1',
        '',
      ].join('\n'),
    );
    expect(existsSync(at('data')), 'nothing is kept').to.equal(false);
  });

  it('gives the same over files, and over what a run has stored of them', async () => {
    const own = await json();
    expect(await json('shop.log')).to.deep.equal(own);
    await caducus(['run', 'shop.yaml', '--quiet', '--data-dir', at('data')], { cwd: folder.path });
    expect(await json('--source', 'store')).to.deep.equal(own);
    expect(own.pages.count).to.equal(1);
  });

  it('counts from a time on that may be told from the newest event', async () => {
    expect((await json('--from', '-30m')).pages.count).to.equal(0);
    expect((await json('--from', '-2h')).pages.count).to.equal(1);
  });

  it('names a page that followed a marked change', async () => {
    await caducus(['change', 'orders v2', '--at', '2026-03-14T01:58Z', '--data-dir', at('data')]);
    expect((await json()).not_known.kinds).to.deep.equal([{ kind: 'after a change', pages: 1 }]);
  });

  it('sends by the sinks of the file, each by its own severity', async () => {
    const sinks =
      'sinks:\n  a: { webhook: { format: json, url: "http://127.0.0.1:9/", min_severity: critical } }\n  b: { webhook: { format: json, url: "http://127.0.0.1:9/" } }\n';
    writeFileSync(at('shop.yaml'), pipeline.replace(/sinks:[^]*/, sinks).replace('severity: critical', 'severity: warning'));
    expect((await json()).pages.by_team).to.deep.equal([{ team: 'b', pages: 1, a_day: 1 }]);
    expect((await json('--set', 'sinks.a.min_severity=warning')).would_change?.pages.count).to.equal(2);
  });

  it('counts by the team that the catalog names', async () => {
    writeFileSync(at('shop.yaml'), `${pipeline}catalog: [{ name: orders, team: payments }]\n`);
    expect((await json()).pages.by_team).to.deep.equal([{ team: 'payments', pages: 1, a_day: 1 }]);
  });

  it('says what it cannot do', async () => {
    const failed = async (...args: string[]) => (await backtest(...args)).err;
    expect(await failed('--source', 'store', '--data-dir', at('empty'))).to.match(/the store of .* has no events/);
    expect(await failed('--set', 'rules.new-eror.for=1m')).to.contain('did you mean "new-error"?');
    expect(await failed('--set', 'rules.new-error.fro=1m')).to.contain('unknown key "fro"');
    expect(await failed('--incidents', 'none.csv')).to.contain('cannot be read');
    writeFileSync(at('shop.yaml'), pipeline.replace(/file: .*/, 'http: { listen: "127.0.0.1:0" } } }'));
    expect(await failed()).to.contain('log cannot be read again from the beginning');
  });
});
