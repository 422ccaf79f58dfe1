import { expect } from 'chai';
import { webhookOptions } from '../../../src/sinks/webhook/options.ts';

const problems = (options: Record<string, unknown>) =>
  webhookOptions.safeParse(options).error?.issues.map(({ path, message }) => [path.join('.'), message]) ?? [];

describe('the options of a webhook', () => {
  const mail = { from: 'radar@example.com', to: ['oncall@example.com'] };
  for (const given of [
    { format: 'slack', url: 'hooks.slack.com/services/T/B/X' },
    { format: 'json', url: 'nope' },
    { format: 'email', url: 'mail.example', ...mail },
  ])
    it(`say of ${given.format} that ${given.url} is no address, at its place, and nothing else`, () => {
      expect(problems(given).map(([path]) => path)).to.deep.equal(['url']);
    });

  it('say so of a route, too', () => {
    const route = [{ name: 'a', url: 'nope' }];
    expect(problems({ format: 'json', url: 'https://host.example', route }).map(([path]) => path)).to.deep.equal(['route.0.url']);
  });

  for (const [format, lacks] of [
    ['slack', 'slack needs a token or the url of an incoming webhook'],
    ['pagerduty', 'pagerduty needs one of routing_key and routing_key_file'],
    ['json', 'json needs a url'],
    ['ntfy', 'ntfy needs a channel, the topic'],
  ])
    it(`say what ${format} lacks`, () => expect(problems({ format }).map(([, message]) => message)).to.include(lacks));
});
