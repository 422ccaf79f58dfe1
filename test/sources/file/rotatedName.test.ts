import { expect } from 'chai';
import { mayBeRotated, nameShape } from '../../../src/sources/file/rotatedName.ts';

describe('names that rotation may have given', () => {
  for (const name of [
    'app.log',
    'app.log.1',
    'app.log.2.gz',
    'app.log-20240501',
    'app.log-20240501-1714521600',
    'app-2024-05-01.log',
    'app-05-01-2024-3.log.gz',
    'app.2024-05-01T10:00.log',
    'app_7.log',
    'app1.log',
    'app.old.log',
    'app.log.bak',
    'app.log.prev',
  ])
    it(`${name} may be of app.log`, () => expect(mayBeRotated(`/var/log/${name}`, '/var/log/app.log')).to.equal(true));
  for (const name of ['app-worker.log', 'application.log', 'app.json', 'app.log.lock', 'app.log.offset1x', 'other-2024-05-01.log', 'app'])
    it(`${name} is not of app.log`, () => expect(mayBeRotated(`/var/log/${name}`, '/var/log/app.log')).to.equal(false));

  it('a name without an extension has its numbers behind it', () => {
    expect([mayBeRotated('syslog-20240501', 'syslog'), mayBeRotated('syslogd', 'syslog')]).to.deep.equal([true, false]);
  });

  it('generations of one rotation look alike', () => {
    expect(nameShape('/l/app-2024-05-01.log.gz')).to.equal(nameShape('/l/app-2023-12-31.log'));
    expect(nameShape('/l/app-2024-05-01.log')).to.not.equal(nameShape('/l/app-1.log'));
  });
});
