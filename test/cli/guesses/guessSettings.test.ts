import { expect } from 'chai';
import { readGuessSettings } from '../../../src/cli/guesses/guessSettings.ts';
import type { JsonObject } from '../../../src/event.ts';
import { CaducusErrors } from '../../../src/errors.ts';

const read = (open: JsonObject) => readGuessSettings({ open, whereIs: (path) => ({ file: 'config.yml', line: 1, path: path.join('.') }) });
const memory = (tree: JsonObject) => ({ biblicus: { reinforcement_memory: tree } });
const url = 'http://localhost:11434/v1';

describe('readGuessSettings', () => {
  it('is off where nothing is said, or no endpoint is named', () => {
    const silent: JsonObject[] = [{}, { biblicus: {} }, memory({ label: true, infer_cause: { model: 'm' } })];
    for (const open of silent) expect(read(open)).to.deep.equal({ options: null, memoryKeys: [] });
  });

  it('asks for all there is, unless it says what', () => {
    expect(read({ guesses: { url, model: 'm' } }).options).to.deep.include({ url, model: 'm', ask: ['labels', 'summary', 'causes'] });
    expect(read({ guesses: { url, model: 'm', ask: ['labels'] } }).options!.ask).to.deep.equal(['labels']);
  });

  it('takes label, infer_cause and synthesize_cause as what is asked for, and their endpoint', () => {
    const { options, memoryKeys } = read(
      memory({
        label: { model: 'small' },
        infer_cause: { on: false },
        synthesize_cause: { model: 'large', api_base: url, api_key_env: 'K' },
      }),
    );
    expect(options).to.deep.include({ url, model: 'large', apiKeyEnv: 'K', ask: ['summary', 'labels'] });
    expect(memoryKeys).to.deep.equal(['synthesize_cause', 'label']);
  });

  it('has what is said of guesses over what is said there', () => {
    const open = { ...memory({ label: { model: 'small', url: 'http://old' } }), guesses: { url, max_tokens: 99 } };
    expect(read(open).options).to.deep.include({ url, model: 'small', maxTokens: 99, ask: ['labels'] });
  });

  const wrong: [title: string, guesses: JsonObject, what: RegExp][] = [
    ['no model', { url }, /"model" is missing/],
    ['no url', { model: 'm' }, /"url" is missing/],
    ['another scheme', { url: 'file:///etc/passwd', model: 'm' }, /address with its scheme/],
    ['a key that there is not', { url, modle: 'm', model: 'm' }, /unknown key "modle"/],
    ['money without a price', { url, model: 'm', budget: { limit: 5, currency: 'USD' } }, /"price" is missing/],
    ['a limit of nothing', { url, model: 'm', budget: { limit: 0 } }, /above 0/],
  ];
  for (const [title, guesses, what] of wrong)
    it(`refuses ${title}, at its place`, () => {
      try {
        read({ guesses });
      } catch (error) {
        expect(error).to.be.instanceOf(CaducusErrors);
        const [first] = (error as CaducusErrors).errors;
        expect(first!.what).to.match(what);
        expect(first!.where).to.include({ file: 'config.yml' });
        expect(first!.where.path).to.match(/^guesses/);
        return;
      }
      expect.fail('it was taken');
    });
});
