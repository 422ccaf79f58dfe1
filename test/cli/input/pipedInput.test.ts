import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { caducus } from '../../support/caducus.ts';
import { temporaryFolder } from '../../support/testIo.ts';

const folder = temporaryFolder();
const back = Date.UTC(2024, 9, 27, 1);
/** What clocks in Berlin show, without a zone. */
const shown = (ms: number) => new Date(ms + (ms < back ? 2 : 1) * 3_600_000).toISOString().slice(0, 19);
const night = Array.from({ length: 720 }, (_, i) => {
  const ms = back + (i - 480) * 30_000;
  return `${shown(ms)} ${i > 540 && i < 550 ? 'ERROR disk sda failed' : 'INFO request served'}\n`;
});

/** The radar of a log as a file and from a pipe, ids and names of groups and sources left out. */
async function both(lines: readonly string[], ...flags: string[]): Promise<[file: string, pipe: string]> {
  const path = folder.file('night.log');
  writeFileSync(path, lines.join(''));
  const radar = async (from: string, stdin = '') => {
    const { exit, out, err } = await caducus(['radar', from, '--json', ...flags, '--data-dir', folder.file('data')], { stdin });
    expect(exit, err).to.equal(0);
    return out.replaceAll(/"(?:template_id|topic_id|group_id|event_id|label|id)":"[^"]*"/g, '');
  };
  return [await radar(path), await radar('-', lines.join(''))];
}

describe('what is piped in is read as a file is', () => {
  const cases: [what: string, lines: readonly string[], flags: string[]][] = [
    ['a clock that is set back, with its zone', night, ['--time-zone', 'Europe/Berlin']],
    ['a clock that is set back, without', night, []],
    ['newest first, with its zone', night.toReversed(), ['--time-zone', 'Europe/Berlin']],
  ];
  for (const [what, lines, flags] of cases) {
    it(what, async () => {
      const [file, pipe] = await both(lines, ...flags);
      expect(pipe).to.equal(file);
    });
  }
});
