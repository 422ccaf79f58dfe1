import { expect } from 'chai';
import { caducus } from '../../../support/caducus.ts';
import { rejectedSetup } from '../../../support/runs/rejectedSetup.ts';

describe('caducus rejected show', () => {
  const { data } = rejectedSetup();

  it('shows a record with its reason, by any beginning of an id', async () => {
    const [{ records }] = JSON.parse((await caducus(['rejected', 'ls', '--json', ...data()])).out) as [
      { records: { id: string; place: { line?: number } }[] },
    ];
    const { id } = records.find(({ place }) => place.line === 2)!;
    const { out } = await caducus(['rejected', 'show', id.slice(0, 6), ...data()]);
    expect(out).to.contain('{"password":"[redacted:secret]').and.to.contain('reason    ');
    expect((await caducus(['rejected', 'show', 'zzzz', ...data()])).exit).to.equal(64);
  });

  it('--json is the record as it is kept', async () => {
    const [{ records }] = JSON.parse((await caducus(['rejected', 'ls', '--json', ...data()])).out) as [{ records: { id: string }[] }];
    for (const record of records)
      expect(JSON.parse((await caducus(['rejected', 'show', record.id, '--json', ...data()])).out)).to.deep.include(record);
  });

  it('refuses an id that none has, and a beginning that several have, with where the ids are', async () => {
    for (const [id, says] of [
      ['zzzz', 'no rejected record has the id "zzzz"'],
      ['', '2 rejected records have an id that begins with ""'],
    ] as const) {
      const { exit, out, err } = await caducus(['rejected', 'show', id, ...data()]);
      expect([exit, out]).to.deep.equal([64, '']);
      expect(err).to.contain('CAD002').and.to.contain(says).and.to.contain('caducus rejected ls shows the ids.');
    }
  });
});
