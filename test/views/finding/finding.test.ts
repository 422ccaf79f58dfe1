import { finding } from '../../../src/views/finding/finding.ts';
import { changedFinding } from '../../support/findings.ts';
import { quiet } from '../../support/views/viewSamples.ts';
import { describePage } from '../../support/views/describePage.ts';

describePage('ruleFinding', (view) =>
  finding(changedFinding(quiet, { result: { ...quiet.result, seen: { last: '2026-05-04T09:38:00Z', per_day: 1.5 } } }), view),
);
