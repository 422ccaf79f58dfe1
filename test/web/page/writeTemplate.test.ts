import { expect } from 'chai';
import fc from 'fast-check';
import { html, nothing, svg } from 'lit/html.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { escapeHtml, writeTemplate } from '../../../src/web/page/writeTemplate.ts';

describe('writeTemplate', () => {
  const click = () => undefined;
  const cases: [what: string, drawn: unknown, text: string][] = [
    ['text is escaped', html`<p>${'<b>&"'}</p>`, '<p>&lt;b&gt;&amp;&quot;</p>'],
    [
      'an attribute gets its quotes, and its text is escaped',
      html`<i class=${'a" onclick="x'}></i>`,
      '<i class="a&quot; onclick=&quot;x"></i>',
    ],
    ['a part of a quoted attribute stays in it', html`<i class="word ${'x"y'} z">a</i>`, '<i class="word x&quot;y z">a</i>'],
    ['handlers and properties are left out', html`<b @click=${click} .value=${'x'} id="a">t</b>`, '<b id="a">t</b>'],
    ['a handler in quotes is left out with them', html`<b @click="${click}" id="a">t</b>`, '<b id="a">t</b>'],
    ['a switch is there or not', html`<i ?hidden=${true} ?open=${false}></i>`, '<i hidden></i>'],
    ['nothing, null and undefined are nothing', html`<p>${nothing}${null}${undefined}</p>`, '<p></p>'],
    ['an attribute of nothing is left out', html`<p title=${nothing} id=${'a'}></p>`, '<p id="a"></p>'],
    [
      'templates, lists and drawings stand in one another',
      html`<p>${[1, 2].map((n) => html`<b>${n}</b>`)}${svg`<g/>`}</p>`,
      '<p><b>1</b><b>2</b><g/></p>',
    ],
    [
      'a list with keys is its items',
      html`${repeat(
        ['a', 'b'],
        (one) => one,
        (one) => html`<i>${one}</i>`,
      )}`,
      '<i>a</i><i>b</i>',
    ],
    ['what is drawn only when something else is, is drawn', html`${guard([1, 2], () => html`<i>${'a'}</i>`)}`, '<i>a</i>'],
    [
      'an address of the page that draws it leads nowhere; others stay',
      html`<a href="#/">w</a><a href=${'#/p/x'}>x</a><a href=${'https://a.example/?b&c'}>y</a>`,
      '<a>w</a><a>x</a><a href="https://a.example/?b&amp;c">y</a>',
    ],
    ['a sign of less-than in quotes is no tag', html`<i title="a < b" class=${'c'}>${'d'}</i>`, '<i title="a < b" class="c">d</i>'],
  ];
  for (const [what, drawn, text] of cases) it(what, () => expect(writeTemplate(drawn)).to.equal(text));

  it('no text ends the tag or the attribute it stands in (property)', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '`', '=', ' ', 'a', '/', '${', '\n') }), (text) => {
        const written = writeTemplate(html`<p class=${text} title="x ${text}">${text}</p>`);
        expect(written).to.equal(`<p class="${escapeHtml(text)}" title="x ${escapeHtml(text)}">${escapeHtml(text)}</p>`);
        expect(written.match(/[<>]/g)).to.have.length(4);
        expect(written.match(/"/g)).to.have.length(4);
      }),
    );
  });
});
