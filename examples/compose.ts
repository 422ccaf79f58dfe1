// Sources, operators and any RxJS operator compose: the patterns of a log, ranked once a window.
import { filter, map } from 'rxjs';
import { file, groupBy, memory, normalize, ofKind, rank } from 'caducus';

file({ path: 'fixtures/demo_hdfs_sample.csv', format: 'hdfs' })
  .pipe(
    normalize({ groupId: '{source}:{component}' }),
    groupBy({ key: 'group_id' }),
    memory({ window: '5m' }),
    rank({ top: 3 }),
    ofKind('radar'),
    filter(({ radar }) => !radar.open),
    map(({ radar }) => `${radar.end.slice(11, 16)}  ${radar.blips.map((b) => `${Math.round(b.score)} ${b.label}`).join(' | ')}`),
  )
  .subscribe((line) => process.stdout.write(`${line}\n`));
