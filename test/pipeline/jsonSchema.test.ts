import { expect } from 'chai';
import { pipelineSchema } from '../../src/pipeline/jsonSchema.ts';
import { fakeRegistry } from '../support/fakes.ts';

interface Node {
  [name: string]: Node;
}
const schema = pipelineSchema(fakeRegistry({}).registry) as unknown as Node;

describe('the schema of a pipeline file', () => {
  it('has each verb with its options as a file names them, and what a step of its kind may have beside', () => {
    const [source] = schema.properties!.sources!.additionalProperties!.anyOf as unknown as Node[];
    expect(source!.required).to.deep.equal(['fake']);
    expect(Object.keys(source!.properties!.fake!.properties!)).to.include('allowed_lateness');
    const [operator] = schema.properties!.operators!.items!.anyOf as unknown as Node[];
    expect(Object.keys(operator!.properties!)).to.deep.equal(['tally', 'id', 'from']);
    expect(operator!.properties!.tally!.required).to.deep.equal(['every']);
    const [sink] = schema.properties!.sinks!.additionalProperties!.anyOf as unknown as Node[];
    expect(Object.keys(sink!.properties!)).to.deep.equal(['keep', 'from']);
  });

  it('keeps defaults as they are, and allows nothing else', () => {
    const [operator] = schema.properties!.operators!.items!.anyOf as unknown as Node[];
    expect(operator!.properties!.tally!.properties!.label!.default).to.equal('n');
    expect(operator!.additionalProperties).to.equal(false);
  });
});
