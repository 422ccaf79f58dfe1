import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { readMessage } from '../../src/formats/messages/readMessage.ts';
import { notifications } from '../formats/messages/notifications.ts';

const cell = (text: string | null): string => (text ?? '-').replaceAll('|', '\\|');

/** What each notification that the tests hold is read as, in Markdown. */
function table(): string {
  const rows = notifications.map(({ title, json }) => {
    const { sender, status, level, time, fingerprint, group, text } = readMessage(json)!;
    const at = time === null ? null : new Date(time).toISOString().slice(11, 19);
    return `| ${[title, sender, status, level, at, fingerprint, group, text].map(cell).join(' | ')} |`;
  });
  return ['| message | sender | status | level | time | alert id | group | text |', '|---|---|---|---|---|---|---|---|', ...rows].join(
    '\n',
  );
}

describe('docs/sources/alerts.md', () => {
  it('shows what the messages of each sender are read as', () => {
    const [, shown] = /<!-- senders -->\n\n([^]*?)\n\n<!-- \/senders -->/.exec(readFileSync('docs/sources/alerts.md', 'utf8'))!;
    const squeeze = (text: string) =>
      text
        .replaceAll(/ +/g, ' ')
        .replaceAll(/-{3,}/g, '---')
        .replaceAll(/\| (?=---)|(?<=---) \|/g, '|');
    expect(squeeze(shown!)).to.equal(squeeze(table()));
  });
});
