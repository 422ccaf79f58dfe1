import { light, own } from './tokens.ts';
const dark = `--bg:#0d0f12;--panel:#14171b;--ink:#e8eaed;--ink2:#b6bdc6;--ink3:#8e97a2;--line:#23282e;--line2:#363d45;--bar:#67707a;--accent:#8fb0ff;--abg:#1b2747;--h0:#363d45;--h1:#6b4e26;--h2:#9a6222;--h3:#dd7a2c;--h4:#ff7d6b;--t1:#e8eaed;--t2:#fff;--t3:#14171b;--t4:#14171b;--cap:#d99a4a;--hot:#ff8f7f;--wash:#1e1719;--blind:#b5a5f2;--live:#5fc78d;--band:#1b2429;--bandline:#8fb0bd;--dark:#e8eaed;--ondark:#14171b`;
const tokens = ['bg', 'panel', 'ink', 'ink2', 'ink3', 'line', 'accent', 'abg']
  .map((name) => `--${name}:var(--caducus-${name},var(--${name}-own))`)
  .join(';');

/**
 * The style of the first part: the frame, the sum, and what is not to be believed. Colour means score and nothing else; every
 * colour stands beside a word. Nothing of it leaks out of the shadow, or into it.
 */
export const style = `
:host{${own(light)};${tokens};all:initial;display:block;container:radar/inline-size;color-scheme:light;font:400 13px/20px var(--caducus-font,ui-sans-serif,system-ui,sans-serif);color:var(--ink2);background:var(--bg);font-variant-numeric:tabular-nums}
:host([page]){display:flex;flex-direction:column;min-height:100vh}:host([theme=dark]){${own(dark)};color-scheme:dark}
@media(prefers-color-scheme:dark){:host(:not([theme=light])){${own(dark)};color-scheme:dark}}
*{box-sizing:border-box}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.mono,.pat,kbd{font-family:ui-monospace,monospace;font-variant-ligatures:none}
h1,h2,p,dl,dd,ul{margin:0;padding:0}
b{font-weight:600;color:var(--ink)}
a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}
.pale,.note,small,i{color:var(--ink3);font-style:normal}.accent,.accent b{color:var(--accent)}.blind,.blind b,b.blind{color:var(--blind)}
.n{text-align:right}.strong{font-weight:600;color:var(--ink)}
:focus-visible{outline:2px solid var(--accent);outline-offset:-1px;border-radius:3px}
.grp{font-size:12px;color:var(--ink);overflow-wrap:anywhere}
.hatch{background:repeating-linear-gradient(135deg,var(--blind) 0 1.5px,transparent 1.5px 4px)}
.ico{width:11px;height:11px;fill:none;stroke:currentColor;stroke-width:1.6;vertical-align:-1px}.ico.hatch{display:inline-block}
.on{display:inline-block;width:8px;height:8px;border-radius:50%;background:var(--live);margin-right:6px}
.word.firing,.word.firing b{color:var(--hot)}
.top{display:flex;align-items:center;gap:16px;min-height:48px;padding:0 24px;background:var(--panel);border-bottom:1px solid var(--line)}
.top .name{font-weight:600;color:var(--ink);padding-right:16px;border-right:1px solid var(--line2)}.top .name a{color:inherit}.logo{width:16px;height:16px;fill:none;stroke:var(--ink3);stroke-width:1.5;vertical-align:-3px;margin-right:8px}.top .sub{white-space:nowrap}
.top .window{margin-left:auto}.top .live{padding-left:16px;border-left:1px solid var(--line2)}.top .end{margin-left:auto}
.passed{width:60px;height:4px;margin-left:8px;vertical-align:2px}.passed rect{fill:var(--line2)}.passed .done{fill:var(--ink3)}
.sum{display:flex;flex-wrap:wrap;align-items:center;gap:4px 20px;min-height:42px;padding:4px 24px}
.banner{border:1px solid var(--blind);border-radius:8px;background:var(--panel);display:flex;overflow:hidden}.banner::before{content:"";flex:0 0 16px;background:repeating-linear-gradient(135deg,var(--blind) 0 1.5px,transparent 1.5px 5px)}.banner div{padding:14px 20px}.banner h1{font-size:20px;line-height:32px;font-weight:600;color:var(--ink)}.banner p{font-size:15px;line-height:22px}
main{padding:0 24px 16px;display:grid;gap:12px;flex:1 0 auto;align-content:start}
.short{display:none}
@container radar (max-width:1180px){.window .more{display:none}}
@container radar (max-width:960px){.passed,.live .more{display:none}}
@container radar (max-width:640px){
.top{padding:0 16px;gap:8px}.top .more,.top .sub,.top .window,.sum .more{display:none}.top .name{border:0}.top .live{margin-left:auto;border:0}.sum,main{padding-left:0;padding-right:0}.sum{padding:8px 16px;border-bottom:1px solid var(--line);background:var(--panel)}
main{gap:0}
.short{display:inline;margin-left:auto}:host(:not([page])) .top .sub{display:block}.banner{border-radius:0;border-left:0;border-right:0}}
`;
