/**
 * The pages' style sheet. In light and dark mode, its colours have a contrast of 4.5 : 1 for text (WCAG 2.2,
 * 1.4.3), and of 3 : 1 for the focus ring and the outlines of pictures (1.4.11).
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #faf6ef; --ink: #2b2521; --soft: #6a5f55; --line: #e2d8c8; --card: #fffdf9;
  --brand: #8c3b1f; --on-brand: #fff; --ring: #0b5cad;
  --sand: #ecdcc3; --stroke: #4a2e20; --clay: #c9764c; --gold: #dfae4c; --leaf: #6b9150; --face: #fff8ec;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #1d1916; --ink: #f2ebe1; --soft: #b8aca0; --line: #40372f; --card: #28221e;
    --brand: #f0a27c; --on-brand: #2a130a; --ring: #8ec5ff;
    --sand: #3a3129; --stroke: #f0dcc0; --clay: #a85a35; --gold: #94701f; --leaf: #4f7a3a; --face: #2a231d;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 ui-sans-serif, system-ui, sans-serif; }
h1, h2, .brand { font-family: ui-serif, Georgia, "Times New Roman", serif; line-height: 1.2; font-weight: 600; }
h1 { font-size: clamp(1.7rem, 4vw, 2.5rem); margin: 0 0 .5rem; }
h2 { font-size: 1.15rem; margin: .6rem 0 .2rem; }
a { color: var(--brand); text-underline-offset: .2em; }
header, main, footer { max-width: 68rem; margin: 0 auto; padding: 1.1rem 1.25rem; }
header { display: flex; justify-content: space-between; align-items: center; gap: 1rem; border-bottom: 1px solid var(--line); }
header a { text-decoration: none; }
.brand { font-size: 1.35rem; color: var(--ink); }
.visitor { margin-left: auto; color: var(--muted, inherit); overflow-wrap: anywhere; }
.bag { border: 1px solid var(--line); border-radius: 99px; padding: .4rem 1rem; background: var(--card); white-space: nowrap; }
main { min-height: 60vh; padding-top: 2rem; padding-bottom: 3rem; }
.lead { color: var(--soft); max-width: 40rem; margin: 0 0 2rem; font-size: 1.1rem; }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(13.5rem, 1fr)); gap: 1.25rem; padding: 0; margin: 0; list-style: none; }
.card { position: relative; height: 100%; background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: .75rem .75rem 1rem; }
.card:hover { border-color: var(--clay); }
.card h2 a { color: var(--ink); text-decoration: none; }
.card h2 a::after { content: ""; position: absolute; inset: 0; border-radius: 14px; }
.card p { margin: 0; color: var(--soft); }
.picture { display: block; width: 100%; background: var(--sand); border-radius: 9px; }
.picture * { stroke: var(--stroke); stroke-width: 3; stroke-linejoin: round; }
.picture .b { fill: var(--clay); } .picture .a { fill: var(--gold); } .picture .g { fill: var(--leaf); } .picture .p { fill: var(--face); }
.picture .l { fill: none; stroke-width: 5; stroke-linecap: round; }
.product { display: grid; grid-template-columns: minmax(0, 1.1fr) minmax(0, 1fr); gap: 2.5rem; align-items: center; }
.price { font-size: 1.3rem; font-variant-numeric: tabular-nums; }
form.row { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; }
label { display: block; font-weight: 600; margin-bottom: .25rem; }
input, textarea { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--soft); border-radius: 8px; padding: .5rem .7rem; }
input[type=number] { width: 5.5rem; }
.field { margin-bottom: 1rem; } .field input, .field textarea { width: 100%; }
.error { margin: 0 0 .35rem; color: var(--brand); font-weight: 600; }
[aria-invalid] { border: 2px solid var(--brand); }
button { font: inherit; font-weight: 600; color: var(--on-brand); background: var(--brand); border: 1px solid var(--brand); border-radius: 8px; padding: .55rem 1.3rem; cursor: pointer; }
button.quiet { color: var(--brand); background: transparent; }
:focus-visible { outline: 3px solid var(--ring); outline-offset: 2px; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; margin-bottom: 2rem; }
th, td { text-align: left; padding: .7rem .5rem; border-bottom: 1px solid var(--line); }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.total { font-size: 1.15rem; font-weight: 700; }
.two { display: grid; grid-template-columns: minmax(0, 1.5fr) minmax(0, 1fr); gap: 2.5rem; }
.panel { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 1.25rem; }
.faults { border-left: 4px solid var(--brand); padding: .2rem 1rem; margin: 1.25rem 0 2rem; background: var(--card); }
footer { color: var(--soft); font-size: .9rem; border-top: 1px solid var(--line); }
@media (max-width: 44rem) { .product, .two { grid-template-columns: minmax(0, 1fr); gap: 1.5rem; } }
`;
