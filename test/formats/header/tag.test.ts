import { expect } from 'chai';
import { tagAt } from '../../../src/formats/header/tag.ts';

const tag = (text: string) => {
  const found = tagAt(text, 0);
  return found && `${found.name} ${found.pid}|${text.slice(found.end)}`;
};

describe('a tag', () => {
  const cases: Record<string, string | null> = {
    'kernel: up': 'kernel | up',
    'kernel:': 'kernel |',
    'sshd(pam_unix)[19939]: x': 'sshd(pam_unix) 19939| x',
    'Manager(  123): x': 'Manager 123| x',
    'cron[17] x': 'cron 17| x',
    'cron[17:2]: x': 'cron 17:2| x',
    'cron(17) x': null,
    'cron[a]: x': null,
    'std::thread: x': 'std::thread | x',
    'a:b x': null,
    'f(a b): x': null,
    '10: x': null,
    '10a: x': '10a | x',
    '10[7]: x': '10 7| x',
    'kernel:x': null,
    'a=b: x': null,
    ': x': null,
    [`${'x'.repeat(100)}: x`]: null,
    [`${'x'.repeat(99)}: x`]: `${'x'.repeat(99)} | x`,
  };
  for (const [text, wanted] of Object.entries(cases)) it(text.slice(0, 40), () => expect(tag(text)).to.equal(wanted));
});
