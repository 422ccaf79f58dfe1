import { expect } from 'chai';
import { imbalances, type RunReport } from '../../../src/run/report.ts';
import { Run } from '../../../src/run/run.ts';

const wrong: string[] = [];
const { execute } = Run.prototype;

/** Every run of the whole suite, whichever test starts it: what it read, passed on and wrote has to add up. */
Run.prototype.execute = async function (this: Run): Promise<RunReport> {
  const report = await execute.call(this);
  wrong.push(...imbalances(report).map((words) => `${report.pipeline}: ${words}`));
  return report;
};

export const mochaHooks = {
  afterEach() {
    expect(wrong.splice(0), 'everything is accounted for').to.deep.equal([]);
  },
};
