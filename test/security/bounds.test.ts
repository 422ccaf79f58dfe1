import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { CaducusErrors } from '../../src/errors.ts';
import { createParser } from '../../src/formats/index.ts';
import { YamlDocument } from '../../src/pipeline/yamlDocument.ts';
import { compileMatcher } from '../../src/base/pattern.ts';
import { temporaryFolder } from '../support/testIo.ts';
import { caducus, record } from './support.ts';

/** Milliseconds of processor time. */
function cost(work: () => void): number {
  const from = process.cpuUsage();
  work();
  return process.cpuUsage(from).user / 1000;
}

describe('nothing from outside takes more than its share', () => {
  const folder = temporaryFolder();

  it('patterns run in linear time, whatever they are', async () => {
    const evil = ['(a+)+$', '(a|aa)+$', '(.*a){12}$', '(a*)*b', '([a-z]+)*\\d'];
    for (const pattern of evil)
      expect(
        cost(() => compileMatcher(pattern)(`${'a'.repeat(20_000)}!`)),
        pattern,
      ).to.be.below(2000);
    writeFileSync(folder.file('in.ndjson'), `${record('a', 1, `${'a'.repeat(20_000)}!`)}\n`);
    writeFileSync(
      folder.file('p.yaml'),
      `name: p\nsources: { in: { file: { path: "${folder.file('in.ndjson')}" } } }\nsinks: { store: { segments: {} } }\n`,
    );
    await caducus(['run', folder.file('p.yaml'), '--data-dir', folder.file('d')]);
    for (const pattern of evil) expect((await caducus(['events', '--grep', pattern, '--data-dir', folder.file('d')])).exit).to.equal(0);
  });

  it('a line of 64 MiB is rejected without being held', () => {
    for (const format of ['ndjson', 'csv', 'lines', 'auto'] as const) {
      const parser = createParser(format, { reference: 0 }, null);
      const chunk = Buffer.alloc(1 << 20, format === 'csv' ? '"' : 'x');
      const items = parser.push(Buffer.from(format === 'csv' ? 'timestamp,message\n' : '2026-03-14T00:00:00Z first\n'));
      const before = process.memoryUsage().arrayBuffers;
      for (let i = 0; i < 64; i += 1) items.push(...parser.push(chunk));
      expect(process.memoryUsage().arrayBuffers - before, format).to.be.below(32 * 2 ** 20);
      items.push(...parser.push(Buffer.from('\n')), ...parser.end());
      const refused = items
        .filter(({ kind }) => kind === 'refusal')
        .map((item) => (item.kind === 'refusal' ? [item.reason, item.original.length] : []));
      expect(
        refused.some(([reason, length]) => String(reason).includes('longer than the limit') && Number(length) <= 4096),
        `${format}: ${JSON.stringify(refused).slice(0, 200)}`,
      ).to.equal(true);
    }
  });

  it('JSON nested a hundred thousand deep is rejected, not a crash', () => {
    const parser = createParser('ndjson', { reference: 0 }, null);
    const items = [...parser.push(Buffer.from(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}\n{"msg":"after"}\n`)), ...parser.end()];
    expect(items.map(({ kind }) => kind)).to.deep.equal(['refusal', 'draft']);
  });

  it('an alias bomb in YAML is refused at once', () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) =>
        `${String.fromCharCode(98 + i)}: &${String.fromCharCode(98 + i)} [${Array(12)
          .fill(`*${String.fromCharCode(97 + i)}`)
          .join(', ')}]`,
    );
    const bomb = `a: &a [x]\n${levels.join('\n')}\n`;
    expect(cost(() => expect(() => new YamlDocument('b.yaml', bomb).toData()).to.throw(CaducusErrors, /CAD012/))).to.be.below(1000);
  });

  it('an alias bomb in a pipeline file or a configuration is an error of that file', async () => {
    const levels = Array.from(
      { length: 9 },
      (_, i) =>
        `  ${String.fromCharCode(98 + i)}: &${String.fromCharCode(98 + i)} [${Array(9)
          .fill(`*${String.fromCharCode(97 + i)}`)
          .join(', ')}]`,
    );
    writeFileSync(folder.file('bomb.yaml'), `sources:\n  a: &a [x]\n${levels.join('\n')}\n`);
    expect((await caducus(['validate', folder.file('bomb.yaml')])).out).to.contain('CAD012');
    expect((await caducus(['groups', '-c', folder.file('bomb.yaml')])).err).to.contain('CAD012');
  });

  it('custom tags in YAML make nothing', () => {
    for (const tag of ['!!js/function "x"', '!!python/object:os.system x', '!!binary x', '!custom x']) {
      expect(() => new YamlDocument('t.yaml', `a: ${tag}\n`).toData(), tag).to.throw(CaducusErrors, /CAD012/);
    }
  });
});
