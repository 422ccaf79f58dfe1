import { expect } from 'chai';
import { radarMarkdown } from '../../../src/views/markdown/radarMarkdown.ts';
import { episode, quiet, radarAfter, radarOfAll, radarOfGroup, spike } from '../../support/views/viewSamples.ts';
import { outsideCode, splitCells } from './cells.ts';

const view = { columns: 96, color: false, ascii: false, timeZone: 'UTC' };

describe('radarMarkdown', () => {
  it('has the window, what moved together, what is ranked beside it, and what is next', () => {
    const lines = radarMarkdown({ radar: radarOfAll, findings: [episode, quiet, spike] }, view);
    expect(lines[0]).to.equal('**RADAR** all groups, 2026-05-04 09:55-10:00Z, window 5m, open');
    const text = lines.join('\n');
    for (const part of [
      '**EPISODE** `e7c1` firing 4m, since 09:55:32Z',
      '| +1:29 | `k7f2` | new |',
      '| -7:32 |  | change |',
      '| - | - | no data | 0 |',
      '`caducus explain e7c1`',
      'Order in time, not proof of cause.',
    ])
      expect(text).to.contain(part);
  });

  it('says what is over under `Earlier`', () => {
    const text = radarMarkdown({ radar: radarAfter }, view).join('\n');
    expect(text).to.match(/Earlier:\n\n\| score .*\n.*\n\| \d+ \| \w+ \| was rising \|/);
  });

  it('a warning comes first: what is shown is old', () => {
    const stale = { forMs: 860_000, usualGapMs: 2000, asOf: Date.parse(radarOfGroup.end) - 860_000 };
    expect(radarMarkdown({ radar: radarOfGroup, status: { stale } }, view)[2]).to.match(/^STALE {2}no events for 14m 20s, usual gap 2s\./);
  });

  it('every row of a table has as many cells as its head, whatever patterns and groups are called', () => {
    const evil = 'a|b `c` \\| <img src=x> [l](https://e.example) @channel\n| x |';
    const blips = radarOfAll.blips.map((blip) => ({ ...blip, label: evil, group_id: evil }));
    const result = { ...episode.result, members: episode.result.members.map((one) => ({ ...one, label: evil, group_id: evil })) };
    const lines = radarMarkdown(
      {
        radar: { ...radarOfAll, blips },
        findings: [
          { ...episode, result },
          { ...spike, title: evil },
        ],
      },
      view,
    );
    let columns = 0;
    for (const line of lines) {
      expect(outsideCode(line)).not.to.match(/<img|@channel|\[l\]/);
      if (!line.startsWith('|')) columns = 0;
      else if (columns === 0) columns = splitCells(line).length;
      else expect(splitCells(line)).to.have.length(columns);
    }
  });
});
