import { expect } from 'chai';
import { parseLevel } from '../../../src/event.ts';
import { bytesOf, drafts, parseAll, parseInHalves, refusals } from '../parse.ts';

interface Case {
  rows: string;
  level?: string;
  group?: string;
  text?: string;
}

/** Two rows each of layouts that nobody names in advance: at 10:00:00 and 10:00:01, the first an error. */
const tables: Record<string, Case> = {
  'a column of level words under any name': {
    rows: 'when,outcome,what happened\n2024-06-03T10:00:00Z,Error,pump is dry\n2024-06-03T10:00:01Z,Info,pump is fine\n',
  },
  'names in another language': {
    rows: 'Uhrzeit;Schwere;Dienst;Beschreibung\n03.06.2024 10:00:00;Fehler;pumpe;pump is dry\n03.06.2024 10:00:01;Warnung;lampe;pump is fine\n',
    group: 'pumpe',
  },
  'a line that says what stands between fields': {
    rows: 'sep=;\na;b;c\nERROR;2024-06-03 10:00:00;pump is dry\nINFO;2024-06-03 10:00:01;pump is fine\n',
  },
  'date and time of day apart': {
    rows: 'Day,Clock,Kind,Words\n2024-06-03,10:00:00,ERROR,pump is dry\n2024-06-03,10:00:01,INFO,pump is fine\n',
  },
  'counts since 1970': { rows: 'id,at,sev,words\n17,1717408800000,ERROR,pump is dry\n18,1717408801000,INFO,pump is fine\n' },
  'levels that rise in numbers': {
    rows: 'at,SeverityLevel,words\n2024-06-03T10:00:00Z,3,pump is dry\n2024-06-03T10:00:01Z,1,pump is fine\n',
  },
  'levels of syslog in numbers': { rows: 'at,severity,words\n2024-06-03T10:00:00Z,3,pump is dry\n2024-06-03T10:00:01Z,6,pump is fine\n' },
  'records in cells': {
    rows: 'at,raw\n2024-06-03T10:00:00Z,"level=error msg=""pump is dry"" app=pumps"\n2024-06-03T10:00:01Z,"level=info msg=""pump is fine"" app=pumps"\n',
    group: 'pumps',
  },
  'a last column without a name': {
    rows: 'Level,At,From\nError,2024-06-03 10:00:00,pumps,pump is dry\nInformation,2024-06-03 10:00:01,pumps,pump is fine\n',
  },
  'tabs and no header, by its mapping': {
    rows: 'stamp\tlevel\tnote\n2024-06-03T10:00:00Z\tERROR\tpump is dry\n2024-06-03T10:00:01Z\tINFO\tpump is fine\n',
  },
  'no header at all': {
    rows: '2024-06-03T10:00:00Z,ERROR,pumps,pump is dry\n2024-06-03T10:00:01Z,INFO,lamps,pump is fine\n',
    group: 'pumps',
  },
  'two columns of one name': {
    rows: 'time,note,note,level\n2024-06-03T10:00:00Z,x,pump is dry,ERROR\n2024-06-03T10:00:01Z,y,pump is fine,INFO\n',
  },
  bars: { rows: 'time|level|words\n2024-06-03T10:00:00Z|ERROR|pump is dry\n2024-06-03T10:00:01Z|INFO|pump is fine\n' },
};

describe('tables', () => {
  for (const [name, { rows, level = 'ERROR', group, text = 'pump is dry' }] of Object.entries(tables)) {
    it(`are read by what is in them: ${name}`, () => {
      const items = parseAll('auto', rows);
      const found = drafts(items);
      expect(refusals(items)).to.deep.equal([]);
      expect(found).to.have.length(2);
      expect(found[0]!.text).to.equal(text);
      expect(parseLevel(found[0]!.metadata.level)).to.equal(level);
      expect(new Date(found[0]!.time).toISOString()).to.equal('2024-06-03T10:00:00.000Z');
      if (group !== undefined) expect(found[0]!.logicalId).to.equal(group);
    });
  }

  it('are the same cut anywhere, and after a restart anywhere', () => {
    for (const { rows } of Object.values(tables)) {
      const whole = parseAll('auto', rows);
      for (const cut of [1, 7, 50]) expect(parseAll('auto', rows, [cut])).to.deep.equal(whole);
      const bytes = bytesOf(rows + rows.split('\n').slice(-2).join('\n'));
      for (let half = 0; half < bytes.length; half += 11) expect(parseInHalves('auto', bytes, half)).to.deep.equal(parseAll('auto', bytes));
    }
  });

  it('without a column for the time take that of the lines in their cells', () => {
    const [first, second] = drafts(
      parseAll('csv', 'n,line\n1,"2024-06-03 10:00:00 ERROR pump is dry"\n2,"2024-06-03 10:00:01 INFO pump is fine"\n'),
    );
    expect(first).to.deep.include({ text: 'pump is dry', time: Date.UTC(2024, 5, 3, 10), metadata: { n: '1', level: 'ERROR' } });
    expect(second!.time).to.equal(Date.UTC(2024, 5, 3, 10, 0, 1));
  });

  it('of requests are requests: a status is no level', () => {
    const [draft] = drafts(
      parseAll(
        'auto',
        'timestamp,client,method,path,status,bytes\n2024-06-03T10:00:00Z,192.0.2.7,GET,/a?b=1,502,157\n2024-06-03T10:00:01Z,192.0.2.7,GET,/a,200,12\n',
      ),
    );
    expect(draft).to.deep.include({
      text: 'GET /a?b=1 502',
      metadata: { client: '192.0.2.7', method: 'GET', path: '/a?b=1', status: '502', bytes: '157' },
    });
  });
});
