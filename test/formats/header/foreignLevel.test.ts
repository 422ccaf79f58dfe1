import { expect } from 'chai';
import { foreignLevelAt } from '../../../src/formats/header/foreignLevel.ts';
import { drafts, parseAll } from '../parse.ts';

describe('levels in other letters', () => {
  it('are read in any case, up to a blank or a colon', () => {
    const words: Record<string, string> = {
      'ОШИБКА: x': 'ERROR',
      'предупреждение x': 'WARN',
      'エラー：x': 'ERROR',
      '错误 x': 'ERROR',
      'BŁĄD x': 'ERROR',
      '정보]': 'INFO',
    };
    for (const [text, level] of Object.entries(words)) expect(foreignLevelAt(text, 0)?.level, text).to.equal(level);
    for (const text of ['ERROR x', 'ошибками x', '', 'é']) expect(foreignLevelAt(text, 0), text).to.equal(null);
  });

  it('set off from the message leave it', () => {
    const read = (line: string) => drafts(parseAll('auto', `${line}\n`)).map(({ text, metadata }) => [metadata.level ?? null, text])[0];
    expect(read('2024-06-03 10:00:00 ОШИБКА нет связи')).to.deep.equal(['ERROR', 'нет связи']);
    expect(read('2024-06-03 10:00:00 [警告] 无法连接')).to.deep.equal(['WARN', '无法连接']);
    expect(read('エラー: 接続できません')).to.deep.equal(['ERROR', '接続できません']);
    expect(read('Ошибка сети')).to.deep.equal([null, 'Ошибка сети']);
  });
});
