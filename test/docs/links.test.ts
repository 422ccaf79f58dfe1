import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';

const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md'],
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

/** A page without its blocks of code. */
const readProse = (page: string): string => readFileSync(page, 'utf8').replace(/^```[\s\S]*?^```$/gm, '');

/** The names that headings of a page can be called by, as GitHub makes them. */
const listAnchors = (page: string): string[] =>
  [...readProse(page).matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );

/** Links and pictures of a page that lead to a place of this package. */
const listLinks = (page: string): string[] =>
  [...readProse(page).matchAll(/\]\(([^)\s]+)\)|(?:src|srcset)="([^"]+)"/g)]
    .map(([, link, picture]) => link ?? picture!)
    .filter((link) => !/^[a-z]+:/.test(link));

describe('the links of the documentation', () => {
  for (const page of pages)
    it(`${page}: each leads somewhere`, () => {
      const broken = listLinks(page).filter((link) => {
        const [path = '', anchor] = link.split('#');
        const target = path === '' ? page : join(dirname(page), path);
        return !existsSync(target) || (anchor !== undefined && !listAnchors(target).includes(anchor));
      });
      expect(broken).to.deep.equal([]);
    });

  it('reach every page from the list of all of them', () => {
    const listed = new Set(listLinks('docs/README.md').map((link) => join('docs', link)));
    const missing = pages.filter((page) => page.startsWith('docs/') && page !== 'docs/README.md' && !listed.has(page));
    expect(missing).to.deep.equal([]);
  });
});
