/** The style of the page of the pipeline; it comes with it. */
export const graphStyle = `
.graph .flow{display:block;max-width:calc(100% - 32px);margin:4px 16px 14px;font:12px ui-sans-serif,system-ui,sans-serif}.flow .arrow{fill:none;stroke:var(--bar)}.flow rect{fill:var(--panel);stroke:var(--line2)}.flow .ill rect{stroke:var(--blind);stroke-dasharray:4 3}.flow text{fill:var(--ink2)}.flow .mono{fill:var(--ink);font-weight:600}.flow .rate{fill:var(--ink)}.flow .pale,.flow .port{fill:var(--ink3)}.flow .port{text-anchor:end;font-size:11px}
@container radar (max-width:640px){.graph td:nth-child(2),.graph th:nth-child(2),.graph :is(td,th):nth-child(n+6){display:none}.flow{display:none!important}}
`;
