import { expect } from 'chai';
import { cannotRead, isFolder, isRefusal, notFound } from '../../../src/sources/file/fileErrors.ts';

const names: Record<string, string[]> = { '.': ['app.log', 'radar.yaml'], 'var/log': ['syslog', 'syslog.1'] };
const files = { list: (path: string) => Promise.resolve(names[path] ?? []) };
const general = 'Check the path. A glob must match at least one file.';

describe('the error of a file that is not there', () => {
  for (const [path, hint] of [
    ['ap.log', 'did you mean "app.log"?'],
    ['./apq.log', 'did you mean "./app.log"?'],
    ['var/log/sysolg', 'did you mean "var/log/syslog"?'],
    ['var/log/nginx.access', general],
    ['nowhere/app.log', general],
    ['ap*.log', general],
    ['http://h/app.log', 'Files are read, no addresses: curl -s http://h/app.log | caducus radar -'],
  ] as const)
    it(`at ${path} says: ${hint}`, async () => {
      const error = await notFound(path, files);
      expect([error.code, error.what, error.hint]).to.deep.equal(['CAD010', `there is no file ${path}`, hint]);
    });

  it('is the same where the folder cannot be listed', async () => {
    const refused = { list: () => Promise.reject(new Error('EACCES')) };
    expect((await notFound('ap.log', refused)).hint).to.equal(general);
  });
});

describe('the error of a file that cannot be read', () => {
  it('says why in words, and whether that may change', () => {
    const error = cannotRead('a.log', Object.assign(new Error('EACCES: x'), { code: 'EACCES' }));
    expect(error.what).to.equal('cannot read a.log: permission denied');
    expect(isRefusal(error)).to.equal(true);
    expect(isRefusal(cannotRead('a.log', Object.assign(new Error('x'), { code: 'EIO' })))).to.equal(false);
  });

  it('of a folder says how its files are named', () => {
    expect(isFolder('logs/').hint).to.equal('Name the files in it with a glob, such as "logs/*.log".');
  });
});
