import { expect } from 'chai';
import { levelInside } from '../../../src/formats/header/levelInside.ts';

describe('a level in a message', () => {
  const levels: [text: string, level: string][] = [
    ['cluster [WRN] Health check failed', 'WARN'],
    ['imap(ann)<12><abc>: Error: no such box', 'Error'],
    ['4711: error : end of file', 'error'],
    ['n=x | fatal: [web1] is gone', 'fatal'],
    ['cpu3:97)WARNING: slow device', 'WARNING'],
    ['-> ERROR: cannot open', 'ERROR'],
    ['shop/web.go:12:run() [E] lost', 'ERROR'],
    ['Agent (err): no catalog', 'err'],
    ['EXT4-fs error (device sda1): bad block', 'error'],
    ['2m   Warning   BackOff   pod/shop', 'Warning'],
  ];
  for (const [text, level] of levels) it(`is set off: ${text}`, () => expect(levelInside(text)).to.equal(level));

  const none = [
    'Error opening file',
    'no errors found',
    'status: ok: all is well',
    'see [note] below',
    'connection closed (error)',
    'array[E] is full',
    'retry: info desk is closed',
    'an error (again) was seen',
    'see http://shop.example/error:1',
    '',
  ];
  for (const text of none) it(`is none in: ${text}`, () => expect(levelInside(text)).to.equal(''));
});
