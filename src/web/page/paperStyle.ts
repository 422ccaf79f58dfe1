import { tableStyle } from './first/tableStyle.ts';
import { moreStyle } from './late/moreStyle.ts';
import { episodeStyle } from './pages/episodeStyle.ts';
import { style } from './style.ts';

/** The style of the page for a page of its own, which has no host and no hand on it. */
export const paperStyle = `${`${style}${tableStyle}${moreStyle}${episodeStyle}`
  .replaceAll(/:host\(\[page\]\)/g, 'body')
  .replaceAll(/:host\(\[theme=dark\]\)/g, 'body.dark')
  .replaceAll(/:host\(:not\(\[theme=light\]\)\)/g, 'body')
  .replaceAll(':host', 'body')}
body{margin:0}.crumbs,.findings header a{display:none}.title{padding-top:12px}a:not([href]){text-decoration:none}.lines thead th{color:var(--ink2)}
`;
