import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { CaducusErrors } from '../../src/errors.ts';
import { readCatalog, readContacts } from '../../src/pipeline/contacts.ts';
import { nodeIo } from '../../src/io.ts';
import { temporaryFolder } from '../support/testIo.ts';

const read = (text: string, env = {}) => readCatalog('catalog.yaml', text, env);

describe('a catalog', () => {
  const folder = temporaryFolder();

  it('is a list of entries, or entries by name, with variables of the environment', () => {
    const listed = read('- { name: orders, team: shop, keys: { pagerduty: "${KEY}" } }\n', { KEY: 'R1' });
    expect(listed[0]).to.deep.include({ name: 'orders', team: 'shop', keys: { pagerduty: 'R1' } });
    expect(read('orders: { team: shop }\n"k8s:pay": { team: pay, tier: "1" }\n').map(({ name, team }) => `${name} ${team}`)).to.deep.equal([
      'orders shop',
      'k8s:pay pay',
    ]);
    expect([read(''), read('# nothing\n')]).to.deep.equal([[], []]);
  });

  it('may be written by Backstage, with other kinds among its documents', () => {
    const [entry, ...others] = read(
      [
        'apiVersion: backstage.io/v1alpha1',
        'kind: Component',
        'metadata:',
        '  name: orders',
        '  labels: { tier: "1" }',
        '  annotations: { pagerduty.com/integration-key: R0123 }',
        '  links:',
        '    - { url: https://wiki.example/orders, title: Runbook }',
        '    - { url: https://graphs.example/orders, type: dashboard, title: Board }',
        '    - { url: "javascript:x", title: bad }',
        'spec: { owner: group:default/shop, lifecycle: production }',
        '---',
        'apiVersion: backstage.io/v1alpha1',
        'kind: User',
        'metadata: { name: ana }',
      ].join('\n'),
    );
    expect(others).to.deep.equal([]);
    expect(entry).to.deep.equal({
      name: 'orders',
      team: 'shop',
      tier: '1',
      runbook: 'https://wiki.example/orders',
      keys: { pagerduty: 'R0123' },
      labels: { tier: '1', lifecycle: 'production' },
      links: { dashboard: 'https://graphs.example/orders' },
    });
  });

  it('says what is wrong with it, each with line and column', () => {
    const wrong = (text: string) => {
      try {
        read(text);
      } catch (error) {
        return (error as CaducusErrors).errors.map(({ code, where, hint, what }) => `${where.line} ${code} ${what} ${hint ?? ''}`);
      }
      return [];
    };
    expect(wrong('- { name: orders, tem: shop }\n- { team: x }\n').join('\n')).to.match(/^1 CAD014 .*"tem".*team[^]*\n2 CAD013/);
    expect(wrong('orders:\n  links: { logs: "javascript:x" }\n').join()).to.match(/^2 CAD013/);
    expect(wrong('orders: { team: "${NOPE}" }').join()).to.match(/CAD021 NOPE is not set/);
    expect(wrong('orders: [').length).to.equal(1);
    expect(wrong('just words').length).to.equal(1);
  });

  it('is read with the files it names, and says which cannot be', async () => {
    const path = folder.file('catalog.yaml');
    writeFileSync(path, 'orders: { team: shop }\n');
    const io = nodeIo();
    expect((await readContacts({ links: {}, catalog: [path] }, io)).catalog).to.have.lengthOf(1);
    const error: unknown = await readContacts({ links: {}, catalog: folder.file('none.yaml') }, io).catch((cause: unknown) => cause);
    expect(error).to.include({ code: 'CAD011' });
  });
});
