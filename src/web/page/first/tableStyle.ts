/** As high as the lanes of so many groups, and as so many findings. */
const room =
  [0, 1, 2, 3, 4, 5, 6, 7, 8].map((many) => `.r${many}{height:${82 + 20 * many}px}`).join('') +
  [0, 1, 2, 3, 4].map((many) => `.f${many}{height:${many > 3 ? 258 : 38 + 65 * many}px}`).join('');

/** The style of the table, and of what stands in its place until it can be drawn. */
export const tableStyle = `
.panel,.rows,.room{background:var(--panel);border:1px solid var(--line);border-radius:8px}
table{border-collapse:collapse;width:100%;font:inherit;color:inherit}th{font-weight:400;text-align:left;color:inherit}td,th{padding:0}
.val{background:var(--abg);border-bottom:1.5px solid var(--accent);border-radius:3px;padding:0 3px;font-family:ui-monospace,monospace;font-size:12px;color:var(--ink)}
.pat{font-size:12px;color:var(--ink);overflow-wrap:anywhere}
.chip{display:inline-block;min-width:32px;padding:0 6px;text-align:right;color:var(--ink2)}
.chip.b1,.chip.b2,.chip.b3,.chip.b4{border-radius:3px;font-weight:600}
.chip.b1{background:var(--h1);color:var(--t1)}.chip.b2{background:var(--h2);color:var(--t2)}.chip.b3{background:var(--h3);color:var(--t3)}.chip.b4{background:var(--h4);color:var(--t4)}
.stale .chip:not(.b0,.none){background:none;color:var(--ink);box-shadow:inset 0 0 0 1px var(--line2)}
.rows,.rows thead,.rows tbody{display:block}.rows{overflow:hidden}
.rows tr{display:grid;grid-template-columns:72px 20px 60px 104px 64px 68px 140px 52px 224px minmax(0,1fr);border-top:1px solid var(--line)}.rows thead tr{border-top:0;color:var(--ink2)}
.rows td,.rows th{padding:5px 4px}.rows .score{padding-left:16px;text-align:right}.rows .thread{position:relative}.rows .state{white-space:nowrap}.steady b{font-weight:400;color:inherit}.rows .count{text-align:right;color:var(--ink);font-weight:600}.rows thead .count{font-weight:400;color:inherit}.rows .usual{text-align:right;color:var(--ink3)}.rows .last{padding-left:14px}.rows .group{padding-right:8px}.rows .idc{overflow-wrap:anywhere}.rows .pattern{padding-right:16px}
.ehead th{grid-column:2/-1}.changed td:last-child{grid-column:4/-1}.facts td:last-child{grid-column:3/-1}.rest td,.sub th{grid-column:1/-1}
.row{cursor:default}.row:not(.ehead):hover{background:color-mix(in srgb,var(--abg) 45%,transparent)}.row.here{background:var(--abg)}tr:focus-visible{outline-offset:-2px}
.dim{color:var(--ink3)}.off{font-size:12px;color:var(--ink)}
.spark{width:118px;height:20px;display:block}.spark .bar{fill:var(--bar)}.spark .loud,.spark .dot{fill:var(--ink3)}.spark .b0{fill:var(--bar)}.spark .b1{fill:var(--h1);stroke:var(--cap);stroke-width:.8}.spark .b2{fill:var(--h2);stroke:var(--cap);stroke-width:.8}.spark .b3{fill:var(--h3)}.spark .b4{fill:var(--h4)}.spark .usual{stroke:var(--ink3);stroke-dasharray:2 2;fill:none;stroke-width:1}.spark .unknown{stroke:var(--blind);stroke-width:1.3}
.episode.firing tr,tbody.episode tr{background:var(--wash)}tbody.episode tr.here{background:var(--abg)}tbody.episode tr{box-shadow:inset 3px 0 var(--h4)}tbody.episode.acked tr{box-shadow:inset 3px 0 var(--bar)}tbody.episode.acked tr{background:none}
.etitle{display:flex;flex-wrap:wrap;align-items:center;gap:4px 12px;font-size:15px;line-height:22px;min-height:30px}.etitle .id{font-size:13px}.extent{color:var(--ink2)}
.ehead td,.ehead th{padding-top:9px!important;padding-bottom:7px!important}.rows .changed{border-top-color:transparent}.changed .what{padding:0 8px}
.thread::before{content:"";position:absolute;left:9px;top:0;bottom:0;border-left:1px solid var(--line2);display:none}.episode .row .thread::before,.episode .changed .thread::before{display:block}.episode .ehead .thread::before{display:none}
.thread i{position:absolute;left:5px;top:11px;width:9px;height:9px;border-radius:50%;background:var(--ink)}.thread .change{background:var(--panel);border:1.5px solid var(--accent)}
.facts p{display:flex;gap:12px}.label{color:var(--ink3);flex:0 0 82px;white-space:nowrap}
.rest td,.sub th{padding:6px 16px 6px 98px!important;color:var(--ink3);font-size:12px}.sub th{font-weight:600;color:var(--ink2)}
.table{position:relative}p a,small a{text-decoration:underline}
${room}.room{display:grid}.room i{grid-area:1/1}
.under,.few{display:none}
@container radar (max-width:1180px){.rows tr{grid-template-columns:72px 20px 104px 64px 68px 140px 52px 224px minmax(0,1fr)}.rows .level{display:none}.changed td:last-child{grid-column:3/-1}}
@container radar (max-width:960px){.rows tr{grid-template-columns:68px 20px 100px 56px 52px 96px 48px minmax(0,1fr)}.rows .last{padding-left:8px}.rows .spark{width:84px}.rows .group{display:none}.rows .under{display:block}}
@container radar (max-width:640px){
.rows{border-radius:0;border-left:0;border-right:0}.rows thead{display:none}.rows tr{grid-template-columns:54px minmax(0,1fr) auto;padding:9px 16px 9px 0;column-gap:10px}
.rows td,.rows th{padding:0}.rows .thread,.rows .level,.rows .count,.rows .usual,.rows th.pattern .under{display:none}.rows .score{padding:0;grid-area:1/1;padding-left:6px}.rows th.pattern{grid-area:1/2/2/4}.rows .st{grid-area:2/2}.rows .few{display:inline}.rows .last{grid-area:2/3;justify-self:end;padding:0}.rows .spark{width:76px}.rows .group{display:block;grid-area:3/2}.rows .idc{grid-area:3/3;text-align:right}.episode{display:flex!important;flex-direction:column}.episode .ehead{order:-2}.episode .facts{order:-1}
.ehead th,.changed td:last-child,.facts td:last-child{grid-column:2/-1;padding:0!important}.ehead td{padding:0!important}.facts p{display:block;padding-bottom:4px}.label{display:inline;padding-right:6px}.rest td,.sub th{padding:0 16px!important}
.etitle{min-height:0}.row{min-height:44px}.room{display:none}.panel{border-radius:0;border-left:0;border-right:0}}
@media(prefers-reduced-motion:no-preference){.row{transition:background .15s}}
`;
