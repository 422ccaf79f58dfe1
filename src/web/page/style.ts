import { light, own } from './tokens.ts';

const dark = `--bg:#0d0f12;--panel:#14171b;--ink:#e8eaed;--ink2:#b6bdc6;--ink3:#8e97a2;--line:#23282e;--line2:#363d45;--bar:#67707a;--accent:#8fb0ff;--abg:#1b2747;--h0:#363d45;--h1:#6b4e26;--h2:#9a6222;--h3:#dd7a2c;--h4:#ff7d6b;--t1:#e8eaed;--t2:#fff;--t3:#14171b;--t4:#14171b;--cap:#d99a4a;--hot:#ff8f7f;--wash:#1e1719;--blind:#b5a5f2;--live:#5fc78d;--band:#1b2429;--bandline:#8fb0bd;--dark:#e8eaed;--ondark:#14171b`;
const tokens = ['bg', 'panel', 'ink', 'ink2', 'ink3', 'line', 'accent', 'abg']
  .map((name) => `--${name}:var(--caducus-${name},var(--${name}-own))`)
  .join(';');
const places = Array.from(
  { length: 36 },
  (_, i) => `.at${i}{right:${(100 - ((i + 0.06) * 100) / 36).toFixed(2)}%}.episode.at${i}{right:auto;left:${((i * 100) / 36).toFixed(2)}%}`,
).join('');

/** Colour means score and nothing else; every colour stands beside a word. Nothing of it leaks out of the shadow, or into it. */
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
button{font:inherit;font-size:12px;line-height:18px;font-weight:500;color:var(--ink);background:var(--panel);border:1px solid var(--line2);border-radius:6px;padding:4px 10px;min-height:28px;cursor:pointer}
button.main{background:var(--dark);border-color:var(--dark);color:var(--ondark)}
button:disabled{opacity:.6}
kbd{font-size:11px;border:1px solid var(--line2);border-radius:4px;padding:0 4px;color:var(--ink2)}button.main kbd{color:inherit;border-color:currentColor}
input,select{font:inherit;color:var(--ink);background:var(--panel);border:1px solid var(--bar);border-radius:6px;padding:3px 8px;min-height:28px}
.val{background:var(--abg);border-bottom:1.5px solid var(--accent);border-radius:3px;padding:0 3px;font-family:ui-monospace,monospace;font-size:12px;color:var(--ink)}
.pat{font-size:12px;color:var(--ink);overflow-wrap:anywhere}.grp{font-size:12px;color:var(--ink);overflow-wrap:anywhere}
.hatch{background:repeating-linear-gradient(135deg,var(--blind) 0 1.5px,transparent 1.5px 4px)}
.ico{width:11px;height:11px;fill:none;stroke:currentColor;stroke-width:1.6;vertical-align:-1px}.ico.hatch{display:inline-block}
.on{display:inline-block;width:8px;height:8px;border-radius:50%;background:var(--live);margin-right:6px}
.chip{display:inline-block;min-width:32px;padding:0 6px;text-align:right;color:var(--ink2)}
.chip.b1,.chip.b2,.chip.b3,.chip.b4{border-radius:3px;font-weight:600}
.chip.b1{background:var(--h1);color:var(--t1)}.chip.b2{background:var(--h2);color:var(--t2)}.chip.b3{background:var(--h3);color:var(--t3)}.chip.b4{background:var(--h4);color:var(--t4)}
.stale .chip:not(.b0,.none){background:none;color:var(--ink);box-shadow:inset 0 0 0 1px var(--line2)}
.word.firing,.word.firing b{color:var(--hot)}
.top{display:flex;align-items:center;gap:16px;min-height:48px;padding:0 24px;background:var(--panel);border-bottom:1px solid var(--line)}
.top .name{font-weight:600;color:var(--ink);padding-right:16px;border-right:1px solid var(--line2)}.top .name a{color:inherit}.logo{width:16px;height:16px;fill:none;stroke:var(--ink3);stroke-width:1.5;vertical-align:-3px;margin-right:8px}.top .sub{white-space:nowrap}
.top .window{margin-left:auto}.top .live{padding-left:16px;border-left:1px solid var(--line2)}.top .end{margin-left:auto}
.passed{width:60px;height:4px;margin-left:8px;vertical-align:2px}.passed rect{fill:var(--line2)}.passed .done{fill:var(--ink3)}
.sum{display:flex;flex-wrap:wrap;align-items:center;gap:4px 20px;min-height:42px;padding:4px 24px}
.sum .tools{margin-left:auto;display:flex;gap:12px}
main{padding:0 24px 16px;display:grid;gap:12px;flex:1 0 auto;align-content:start}.filter{width:210px}
.panel,.rows{background:var(--panel);border:1px solid var(--line);border-radius:8px}
.panel>header{display:flex;align-items:baseline;gap:12px;padding:10px 16px 6px}.panel h2{font-size:13px;font-weight:600;color:var(--ink)}.panel .end,.legend{margin-left:auto}
.panel>.note,.none{padding:0 16px 10px;font-size:12px}
.pair{display:grid;grid-template-columns:minmax(0,1.66fr) minmax(0,1fr);gap:16px}.pair.even{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}
table{border-collapse:collapse;width:100%;font:inherit;color:inherit}th{font-weight:400;text-align:left;color:inherit}td,th{padding:0}
.lanes table{table-layout:fixed;margin:0 16px 8px;width:calc(100% - 32px)}
.lanes th:first-child{width:206px;padding-right:8px}.lanes td,.lanes th{vertical-align:bottom}.lanes .now{width:60px;text-align:right;padding-left:8px;white-space:nowrap}
.lanes th[scope=row] .grp{display:block;direction:rtl;unicode-bidi:plaintext;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;line-height:19px}
.names{position:relative;height:16px}.name{white-space:nowrap}.names .name{position:absolute;top:-3px;font-size:11px;font-weight:600;padding:0 4px}.names .change{color:var(--accent)}.names .episode{color:var(--ink)}${places}
.cell{border-left:1px solid var(--panel)}.cell.change{border-left:2px dashed var(--accent)}.cell.episode{border-left:2px solid var(--ink)}
.cell a{display:flex;align-items:flex-end;height:20px;padding:0 1px 4px 0}.cell i{display:block;width:100%;height:2px;background:var(--h0)}
.cell .b1{height:6px;background:var(--h1);border-top:1.5px solid var(--cap)}.cell .b2{height:10px;background:var(--h2);border-top:1.5px solid var(--cap)}.cell .b3{height:14px;background:var(--h3)}.cell .b4{height:17px;background:var(--h4)}.cell .hatch{height:15px;background:repeating-linear-gradient(135deg,var(--blind) 0 1.5px,transparent 1.5px 4px)}
.lanes tfoot{font-size:11px;color:var(--ink3)}.lanes tfoot td:last-child{text-align:right;padding-left:0;transform:translateX(-44px)}
.legend{color:var(--ink2);font-size:12px;white-space:nowrap}.legend i{display:inline-block;width:8px;margin:0 3px 0 6px;background:var(--h0);height:2px}.legend .b1{height:5px;background:var(--h1);border-top:1.5px solid var(--cap)}.legend .b2{height:7px;background:var(--h2);border-top:1.5px solid var(--cap)}.legend .b3{height:9px;background:var(--h3)}.legend .b4{height:11px;background:var(--h4)}.legend .hatch{height:11px;background:repeating-linear-gradient(135deg,var(--blind) 0 1.5px,transparent 1.5px 4px)}
.flist{list-style:none}.finding{display:grid;grid-template-columns:72px 44px 44px minmax(0,1fr);gap:8px;padding:7px 16px;border-top:1px solid var(--line)}.finding small{display:block;font-size:12px;line-height:18px}
.rows,.rows thead,.rows tbody{display:block}.rows{overflow:hidden}
.rows tr{display:grid;grid-template-columns:72px 20px 60px 104px 64px 68px 140px 52px 224px minmax(0,1fr);border-top:1px solid var(--line)}.rows thead tr{border-top:0;color:var(--ink2)}
.rows td,.rows th{padding:5px 4px}.rows .score{padding-left:16px;text-align:right}.rows .thread{position:relative}.rows .state{white-space:nowrap}.steady b{font-weight:400;color:inherit}.rows .count{text-align:right;color:var(--ink);font-weight:600}.rows thead .count{font-weight:400;color:inherit}.rows .usual{text-align:right;color:var(--ink3)}.rows .last{padding-left:14px}.rows .group{padding-right:8px}.rows .pattern{padding-right:16px}
.ehead th{grid-column:2/-1}.changed td:last-child{grid-column:4/-1}.facts td:last-child{grid-column:3/-1}.rest td,.sub th{grid-column:1/-1}
.row{cursor:default}.row:not(.ehead):hover{background:color-mix(in srgb,var(--abg) 45%,transparent)}.row.here{background:var(--abg)}tr:focus-visible{outline-offset:-2px}
.dim{color:var(--ink3)}.off{font-size:12px;color:var(--ink)}
.spark{width:118px;height:20px;display:block}.spark .bar{fill:var(--bar)}.spark .loud,.spark .dot{fill:var(--ink3)}.spark .b0{fill:var(--bar)}.spark .b1{fill:var(--h1);stroke:var(--cap);stroke-width:.8}.spark .b2{fill:var(--h2);stroke:var(--cap);stroke-width:.8}.spark .b3{fill:var(--h3)}.spark .b4{fill:var(--h4)}.spark .usual{stroke:var(--ink3);stroke-dasharray:2 2;fill:none;stroke-width:1}.spark .unknown{stroke:var(--blind);stroke-width:8;stroke-dasharray:1.5 2.5}
.episode.firing tr,tbody.episode tr{background:var(--wash)}tbody.episode tr.here{background:var(--abg)}tbody.episode tr{box-shadow:inset 3px 0 var(--h4)}tbody.episode.acked tr{box-shadow:inset 3px 0 var(--bar)}tbody.episode.acked tr{background:none}
.etitle{display:flex;flex-wrap:wrap;align-items:center;gap:4px 12px;font-size:15px;line-height:22px}.etitle .id{font-size:13px}.etitle .acts{margin-left:auto;display:flex;gap:10px;padding-right:12px}.extent{color:var(--ink2)}
.ehead td,.ehead th{padding-top:9px!important;padding-bottom:7px!important}.rows .changed{border-top-color:transparent}.changed .what{padding:0 8px}
.thread::before{content:"";position:absolute;left:9px;top:0;bottom:0;border-left:1px solid var(--line2);display:none}.episode .row .thread::before,.episode .changed .thread::before{display:block}.episode .ehead .thread::before{display:none}
.thread i{position:absolute;left:5px;top:11px;width:9px;height:9px;border-radius:50%;background:var(--ink)}.thread .change{background:var(--panel);border:1.5px solid var(--accent)}
.facts p{display:flex;gap:12px}.label{color:var(--ink3);flex:0 0 82px;white-space:nowrap}
.rest td,.sub th{padding:6px 16px 6px 98px!important;color:var(--ink3);font-size:12px}.sub th{font-weight:600;color:var(--ink2)}
.table{position:relative}.moved{position:absolute;right:8px;top:2px;z-index:1;border-style:dashed;color:var(--accent)}p a,small a{text-decoration:underline}
footer{display:flex;flex-wrap:wrap;gap:4px 20px;min-height:36px;align-items:center;padding:4px 24px;background:var(--panel);border-top:1px solid var(--line);font-size:12px}footer .paste{margin-left:auto;display:flex;gap:16px;flex-wrap:wrap}footer .paste button{border:0;background:none;padding:2px 4px;font-family:ui-monospace,monospace;font-weight:400;font-size:12px}
.thumb{display:none}
.under,.few,.short{display:none}
@container radar (max-width:1180px){.rows tr{grid-template-columns:72px 20px 104px 64px 68px 140px 52px 224px minmax(0,1fr)}.rows .level{display:none}.changed td:last-child{grid-column:3/-1}.window .more,.legend{display:none}.lanes tfoot td:nth-child(3),.lanes tfoot td:nth-child(5),.lanes tfoot td:nth-child(7){color:transparent}}
@container radar (max-width:960px){.pair,.pair.even{grid-template-columns:minmax(0,1fr)}.rows tr{grid-template-columns:68px 20px 100px 56px 52px 96px 48px minmax(0,1fr)}.rows .last{padding-left:8px}.rows .spark{width:84px}.rows .group,.passed,.live .more{display:none}.rows .under{display:block}.sum .tools{margin-left:0}}
@container radar (max-width:640px){
.top{padding:0 16px;gap:8px}.top .more,.top .sub,.top .window,.top .keys,.keys,.lanes,.panel.findings,:host([page]) footer .paste,.sum .more,.sum .tools{display:none}.top .name{border:0}.top .live{margin-left:auto;border:0}.sum,main{padding-left:0;padding-right:0}.sum{padding:8px 16px;border-bottom:1px solid var(--line);background:var(--panel)}
main>.calm,main>.crumbs,main>.title,main>.meta,main>.moved{padding-left:16px;padding-right:16px}main{gap:0}
.rows{border-radius:0;border-left:0;border-right:0}.rows thead{display:none}.rows tr{grid-template-columns:54px minmax(0,1fr) auto;padding:9px 16px 9px 0;column-gap:10px}
.rows td,.rows th{padding:0}.rows .thread,.rows .level,.rows .count,.rows .usual,.rows th.pattern .under,.etitle .acts{display:none}.rows .score{padding:0;grid-area:1/1;padding-left:6px}.rows th.pattern{grid-area:1/2/2/4}.rows .st{grid-area:2/2}.rows .few{display:inline}.rows .last{grid-area:2/3;justify-self:end;padding:0}.rows .spark{width:76px}.rows .group{display:block;grid-area:3/2}.rows .idc{grid-area:3/3;text-align:right}.episode{display:flex!important;flex-direction:column}.episode .ehead{order:-2}.episode .facts{order:-1}.short{display:inline;margin-left:auto}:host(:not([page])) .top .sub{display:block}
.ehead th,.changed td:last-child,.facts td:last-child{grid-column:2/-1;padding:0!important}.ehead td{padding:0!important}.facts p{display:block;padding-bottom:4px}.label{display:inline;padding-right:6px}.rest td,.sub th{padding:0 16px!important}
.thumb{display:flex;gap:8px;position:sticky;bottom:0;padding:10px 16px;background:var(--panel);border-top:1px solid var(--line)}.thumb button{flex:1;font-size:15px}.thumb .main{flex:1.4}button,input,select{min-height:44px}.row{min-height:44px}footer{padding:4px 16px}
.finding{grid-template-columns:72px 40px minmax(0,1fr)}.finding .what{grid-column:1/4}.panel{border-radius:0;border-left:0;border-right:0}}
@media(prefers-reduced-motion:no-preference){.row{transition:background .15s}}
`;
