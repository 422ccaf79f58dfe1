import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { openLogger } from '../../src/cli/telemetry/logger.ts';
import { showError } from '../../src/cli/shared/showError.ts';
import { CaducusError } from '../../src/errors.ts';
import { temporaryFolder, testIo } from '../support/testIo.ts';
import { allText, caducus, record } from './support.ts';

describe('secrets stay secret', () => {
  const folder = temporaryFolder();

  it('none survives in any file of a run: text, metadata, ids, rejected records, state (property)', async () => {
    const secret = fc.stringMatching(/^[a-z]{5}[0-9]{5}[A-Z]{5}$/);
    const shape = fc.constantFrom<(s: string) => string>(
      (s) => `password=${s}`,
      (s) => `Authorization: Bearer ${s}`,
      (s) => `postgres://u:${s}@h/d`,
      (s) => `{"api_key":"${s}"}`,
      (s) => `--token ${s}`,
    );
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(secret, shape), { minLength: 1, maxLength: 4 }), async (found) => {
        runs += 1;
        const lines = found.flatMap(([s, put], i) => [
          record(`id-${i}-${i % 2 === 0 ? `password=${s}` : 'x'}`, i, `user bob ${put(s)} end`, `g:${i}`, {
            client_secret: s,
            note: put(s),
            list: [put(s)],
          }),
          `{"password":"${s}", broken`,
          JSON.stringify({ time: `password=${s}`, msg: put(s) }),
        ]);
        writeFileSync(folder.file('in.ndjson'), `${lines.join('\n')}\n`);
        const name = `p${runs}`;
        writeFileSync(
          folder.file('p.yaml'),
          `name: ${name}\nsources: { in: { file: { path: "${folder.file('in.ndjson')}", format: ndjson } } }\noperators:\n  - group_by: {}\n  - memory: {}\n  - rank: {}\nsinks:\n  a: { folder: {} }\n  b: { segments: {} }\n  c: { ndjson: { path: "\${config.data_dir}/c.ndjson", select: [event, blip, radar, rejected] } }\n  d: { console: { view: events } }\n`,
        );
        const data = folder.file(`d${runs}`);
        const { exit, out, err } = await caducus(['run', folder.file('p.yaml'), '--data-dir', data]);
        expect(exit, err).to.equal(0);
        const written = allText(data) + out + err;
        for (const [s] of found) expect(written).to.not.contain(s);
        expect(err).to.match(/\d+ secrets redacted/);
      }),
      { numRuns: 8 },
    );
  }).timeout(60_000);

  it('redact: [] leaves records as they are', async () => {
    writeFileSync(folder.file('in.ndjson'), `${record('a', 1, 'password=hunter2')}\n`);
    writeFileSync(
      folder.file('open.yaml'),
      `name: open\nredact: []\nsources: { in: { file: { path: "${folder.file('in.ndjson')}" } } }\nsinks: { c: { ndjson: { path: "${folder.file('open.ndjson')}" } } }\n`,
    );
    await caducus(['run', folder.file('open.yaml'), '--data-dir', folder.file('open')]);
    expect(allText(folder.path)).to.contain('password=hunter2');
  });

  it('none stands in an error message, nor in the line of the file that it quotes', async () => {
    writeFileSync(folder.file('bad.yaml'), 'name: p\nsources:\n  in: { http: { token: "q7Zt2LmX9vBc", lisssten: "127.0.0.1:1" } }\n');
    const { out, exit } = await caducus(['validate', folder.file('bad.yaml')]);
    expect([exit, out.includes('lisssten')]).to.deep.equal([78, true]);
    expect(out).to.not.contain('q7Zt2LmX9vBc');
    const { text } = showError(new CaducusError('CAD066', {}, 'cannot reach postgres://app:hunter2@db', { hint: 'password=hunter2' }), {
      color: false,
    });
    expect(text).to.not.contain('hunter2');
    expect(showError(new Error('connect https://u:hunter2@h failed'), { color: false, stack: true }).text).to.not.contain('hunter2');
  });

  it('none stands in what config show prints', async () => {
    const { out } = await caducus(['config', 'show', '--data-dir', folder.file('d')], { env: { CADUCUS_METRICS_TOKEN: 'q7Zt2LmX9vBc' } });
    expect(out).to.contain('metrics_token').and.not.contain('q7Zt2LmX9vBc');
  });

  it('none stands in the log', async () => {
    const io = testIo();
    const log = openLogger(io, 'info', { pipeline: 'p' });
    log.error('cannot reach postgres://app:hunter2@db', { error: 'password=hunter2', attempt: 2 });
    log.debug('not at this level');
    await log.flush();
    const line = JSON.parse(io.stderr.text) as Record<string, unknown>;
    expect(line).to.include({ level: 'error', pipeline: 'p', attempt: 2, time: '2026-03-14T00:00:00.000Z' });
    expect(io.stderr.text).to.not.contain('hunter2');
    expect(io.stdout.text).to.equal('');
  });
});
