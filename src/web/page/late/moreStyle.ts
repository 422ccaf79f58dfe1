import { light, own } from '../tokens.ts';

/** Places of what stands upright in the lanes, by its window. */
const places = Array.from(
  { length: 36 },
  (_, i) => `.at${i}{right:${(100 - ((i + 0.06) * 100) / 36).toFixed(2)}%}.episode.at${i}{right:auto;left:${((i * 100) / 36).toFixed(2)}%}`,
).join('');

/** The style of what is not on the first screen: pages, charts, sources, forms, paper. It comes with them. */
export const moreStyle = `
button{font:inherit;font-size:12px;line-height:18px;font-weight:500;color:var(--ink);background:var(--panel);border:1px solid var(--line2);border-radius:6px;padding:4px 10px;min-height:28px;cursor:pointer}
button.main{background:var(--dark);border-color:var(--dark);color:var(--ondark)}
button:disabled{opacity:.6}
kbd{font-size:11px;border:1px solid var(--line2);border-radius:4px;padding:0 4px;color:var(--ink2)}button.main kbd{color:inherit;border-color:currentColor}
input,select{font:inherit;color:var(--ink);background:var(--panel);border:1px solid var(--bar);border-radius:6px;padding:3px 8px;min-height:28px}
.panel>header{display:flex;align-items:baseline;gap:12px;padding:10px 16px 6px}.panel h2{font-size:13px;font-weight:600;color:var(--ink)}.panel .end,.legend{margin-left:auto}
.panel>.note,.none{padding:0 16px 10px;font-size:12px}
.lanes table{table-layout:fixed;margin:0 16px 8px;width:calc(100% - 32px)}
.lanes th:first-child{width:206px;padding-right:8px}.lanes td,.lanes th{vertical-align:bottom}.lanes .now{width:60px;text-align:right;padding-left:8px;white-space:nowrap}
.lanes th[scope=row] .grp{display:block;direction:rtl;unicode-bidi:plaintext;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;line-height:19px}
.names{position:relative;height:16px}.name{white-space:nowrap}.names .name{position:absolute;top:-3px;font-size:11px;font-weight:600;padding:0 4px}.names .change{color:var(--accent)}.names :is(.episode,.asof){color:var(--ink)}${places}
.cell{border-left:1px solid var(--panel)}.cell.change{border-left:2px dashed var(--accent)}.cell:is(.episode,.asof){border-left:2px solid var(--ink)}
.cell a{display:flex;align-items:flex-end;height:20px;padding:0 1px 4px 0}.cell i{display:block;width:100%;height:2px;background:var(--h0)}
.cell .b1{height:6px;background:var(--h1);border-top:1.5px solid var(--cap)}.cell .b2{height:10px;background:var(--h2);border-top:1.5px solid var(--cap)}.cell .b3{height:14px;background:var(--h3)}.cell .b4{height:17px;background:var(--h4)}.cell .hatch{height:15px;background:repeating-linear-gradient(135deg,var(--blind) 0 1.5px,transparent 1.5px 4px)}
.lanes tfoot{font-size:11px;color:var(--ink3)}.lanes tfoot td:last-child{text-align:right;padding-left:0;transform:translateX(-44px)}
.legend{color:var(--ink2);font-size:12px;white-space:nowrap}.legend i{display:inline-block;width:8px;margin:0 3px 0 6px;background:var(--h0);height:2px}.legend .b1{height:5px;background:var(--h1);border-top:1.5px solid var(--cap)}.legend .b2{height:7px;background:var(--h2);border-top:1.5px solid var(--cap)}.legend .b3{height:9px;background:var(--h3)}.legend .b4{height:11px;background:var(--h4)}.legend .hatch{height:11px;background:repeating-linear-gradient(135deg,var(--blind) 0 1.5px,transparent 1.5px 4px)}
.flist{list-style:none}.finding{display:grid;grid-template-columns:72px 44px 44px minmax(0,1fr);gap:8px;padding:7px 16px;border-top:1px solid var(--line)}.finding small{display:block;font-size:12px;line-height:18px}
.pair{display:grid;grid-template-columns:minmax(0,1.66fr) minmax(0,1fr);gap:16px}.pair.even{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}.sum .tools{margin-left:auto;display:flex;gap:12px}.filter{width:210px}.moved{position:absolute;right:8px;top:2px;z-index:1;border-style:dashed;color:var(--accent)}
.etitle .acts{margin-left:auto;display:flex;gap:10px;padding-right:12px}
.thumb{display:none}
footer{display:flex;flex-wrap:wrap;gap:4px 20px;min-height:36px;align-items:center;padding:4px 24px;background:var(--panel);border-top:1px solid var(--line);font-size:12px}footer .paste{margin-left:auto;display:flex;gap:16px;flex-wrap:wrap}footer .paste button{border:0;background:none;padding:2px 4px;font-family:ui-monospace,monospace;font-weight:400;font-size:12px}
form.answer{display:flex;flex-wrap:wrap;gap:8px 12px;align-items:end;padding:12px 16px}form.answer label{display:grid;gap:2px;font-size:12px;color:var(--ink2)}form.answer .about{align-self:center;padding-top:18px}form.answer .wide{flex:1 1 220px}form.answer .wide input{width:100%}form .error{flex-basis:100%;color:var(--hot);font-weight:600}
.login{max-width:420px;margin:12vh auto;padding:24px}.login h1{font-size:20px;line-height:32px;color:var(--ink);font-weight:600}.login form{display:flex;gap:8px;margin-top:12px}.login input{flex:1}
.crumbs{display:flex;gap:8px;padding:10px 0 0}.crumbs .end{margin-left:auto}
.keyboard{margin:12px 24px 0}.panel>header h1,.panel h1{font-size:20px;line-height:32px;font-weight:600;color:var(--ink)}
.help{display:grid;grid-template-columns:auto 1fr;gap:6px 16px;padding:4px 16px 14px}
.calm{display:flex;flex-wrap:wrap;gap:16px 32px;padding:12px 0 4px;align-items:end}.calm h1{font-size:28px;line-height:36px;font-weight:600;color:var(--ink)}.calm p{font-size:15px;line-height:22px}.calm .pale{font-size:13px}.calm dl{display:flex;flex-wrap:wrap;gap:12px 32px;margin-left:auto}.calm dt{font-size:12px;color:var(--ink2)}.calm dd b{display:block;font-size:15px;line-height:22px}.calm dd span{font-size:12px}
.chart{position:relative;height:128px;margin:4px 120px 4px 76px}.chart svg{width:100%;height:100%;overflow:visible}.chart path{fill:none;vector-effect:non-scaling-stroke}.chart .grid{stroke:var(--line)}.chart .band{fill:var(--band)}.chart .rate{stroke:var(--bandline);stroke-width:1.5}.chart .usual{stroke:var(--bandline);stroke-dasharray:3 3;opacity:.6}.chart .y{position:absolute;right:calc(100% + 8px);font-size:12px;color:var(--ink3);white-space:nowrap}.chart .top{top:-10px;display:inline;min-height:0;padding:0;border:0;background:none}.chart .zero{bottom:-10px}.chart .here{position:absolute;left:calc(100% + 8px);top:0;font-size:12px}.chart .here b{display:block;font-size:15px}
.axis{display:flex;justify-content:space-between;margin:0 120px 10px 76px;font-size:11px;color:var(--ink3)}
.sources table{margin:0 16px 10px;width:calc(100% - 32px)}.sources td,.sources th{padding:4px 8px 4px 0}.sources tbody tr>*{border-top:1px solid var(--line)}
.title{display:flex;flex-wrap:wrap;align-items:center;gap:8px 14px}.title h1{font-size:20px;line-height:32px;font-weight:400;color:var(--ink);flex:1 1 300px;min-width:0}.title h1 .pat,.title h1 .val{font-size:18px}.title .chip{font-size:20px;line-height:32px}.title .acts{display:flex;gap:12px}
.meta{display:flex;flex-wrap:wrap;gap:4px 20px;align-items:center}.meta .end{margin-left:auto;display:flex;gap:8px;align-items:center}
.why{display:grid;grid-template-columns:76px minmax(120px,1.1fr) minmax(120px,1.5fr) 56px 90px;gap:9px 8px;padding:4px 16px 12px;align-items:center}.why svg{width:100%;height:16px;overflow:visible}.why .bar{fill:var(--ink2)}.why .not{fill:none;stroke:var(--ink3);stroke-dasharray:3 2}.why .all.b1{fill:var(--h1)}.why .all.b2{fill:var(--h2)}.why .all.b3{fill:var(--h3)}.why .all.b4{fill:var(--h4)}.why .all.b0{fill:var(--bar)}.why .scale{grid-column:1/3;text-align:right;font-size:11px;color:var(--ink3)}.why text{font:11px ui-sans-serif,system-ui,sans-serif;fill:var(--ink3);text-anchor:middle}.why .words{overflow-wrap:anywhere}
.cols{display:grid;grid-template-columns:minmax(0,1.73fr) minmax(0,1fr);gap:16px;align-items:start}.cols>div{display:grid;gap:12px;grid-template-columns:minmax(0,1fr)}.panel>header a{min-width:0;overflow-wrap:anywhere}.thirds{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:12px;align-items:start}
.bars{display:block;width:100%;height:64px}.bars rect{fill:var(--ink2)}.bars .dot{fill:var(--ink3)}.bars .usual{stroke:var(--ink3);stroke-dasharray:3 3}.week{height:24px;margin-top:6px}.pad{padding:2px 16px 12px}.pad .axis,.ends{display:flex;justify-content:space-between;margin:0;font-size:11px;color:var(--ink3)}
.lines{width:100%}.lines td,.lines th{padding:6px 8px 6px 16px;border-top:1px solid var(--line);vertical-align:top}.lines .n{padding-right:16px}
.slots{display:grid;grid-template-columns:56px minmax(0,1fr) 34% 48px;gap:6px 8px;padding:2px 16px 12px;align-items:center}.slots svg{width:100%;height:10px;background:var(--band)}.slots rect{fill:var(--bar)}.slots .pat{color:var(--ink)}
.near{display:grid;grid-template-columns:52px 48px minmax(0,1fr);gap:6px 8px;padding:2px 16px 12px}.near small{display:block;font-size:12px}
.common{display:grid;grid-template-columns:auto 1fr;gap:6px 16px;padding:2px 16px 12px}
.sources td:not(.because),.chart .here{white-space:nowrap}.sources .because{padding-left:12px;overflow-wrap:anywhere}
@container radar (max-width:1180px){.legend{display:none}.lanes tfoot td:nth-child(3),.lanes tfoot td:nth-child(5),.lanes tfoot td:nth-child(7){color:transparent}.why{grid-template-columns:70px 1fr 1.3fr 50px}.why .noted{display:none}}
@container radar (max-width:960px){.pair,.pair.even{grid-template-columns:minmax(0,1fr)}.sum .tools{margin-left:0}.cols,.thirds{grid-template-columns:minmax(0,1fr)}}
@container radar (max-width:640px){.top .keys,.keys,.lanes,.panel.findings,:host([page]) footer .paste,.sum .tools,.etitle .acts{display:none}main>.calm,main>.crumbs,main>.title,main>.meta,main>.moved{padding-left:16px;padding-right:16px}
.thumb{display:flex;gap:8px;position:sticky;bottom:0;padding:10px 16px;background:var(--panel);border-top:1px solid var(--line)}.thumb button{flex:1;font-size:15px}.thumb .main{flex:1.4}button,input,select{min-height:44px}footer{padding:4px 16px}.finding{grid-template-columns:72px 40px minmax(0,1fr)}.finding .what{grid-column:1/4}
.lines td,.lines th{padding-left:10px;overflow-wrap:anywhere}.lines :is(td,th).pale{white-space:nowrap;overflow-wrap:normal}.title{padding-bottom:10px}.meta{padding-bottom:10px}form.answer .about{padding-top:0}.chart{margin-left:64px;margin-right:16px}.chart .here{display:none}.axis{margin-left:64px;margin-right:16px}.sources td:nth-child(n+5),.sources th:nth-child(n+5){display:none}.why{grid-template-columns:72px minmax(0,1fr) 48px}.why svg,.why .scale{display:none!important}.calm dl{margin-left:0}.meta .end{margin-left:0;flex-wrap:wrap}}
@media(forced-colors:active){.bars rect{fill:CanvasText;forced-color-adjust:none}}
@media(forced-colors:active){.chip{border:1px solid}.cell i,.spark rect{background:CanvasText;fill:CanvasText;forced-color-adjust:none}}
@media print{*{print-color-adjust:exact;-webkit-print-color-adjust:exact}:host,:host([theme=dark]),:host(:not([theme=light])){${own(light)};color-scheme:light;background:#fff}.tools,.acts,footer,.thumb,.moved{display:none!important}.panel,.rows{break-inside:avoid-page}}
`;
