import { variables } from "../charts/theme";

/** The page's style sheet. */
export const STYLE = `
:root{color-scheme:light dark;${variables("light")}}
@media screen and (prefers-color-scheme:dark){:root{${variables("dark")}}}
*{box-sizing:border-box}
[hidden]{display:none!important}
html{scroll-padding-top:4.5rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--surface);color:var(--ink);font:1rem/1.55 system-ui,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:break-word}
header.top,main,footer{max-width:76rem;margin:0 auto;padding:0 1.5rem}
header.top{position:sticky;top:0;z-index:2;max-width:none;display:flex;flex-wrap:wrap;align-items:center;gap:.25rem 2rem;padding-block:.7rem;background:var(--surface);border-bottom:1px solid var(--line)}
h1{font-size:1.05rem;margin:0}
h2{font-size:2rem;line-height:1.2;letter-spacing:-.01em;margin:2.2rem 0 1rem}
h3{font-size:1.35rem;line-height:1.25;margin:0 0 .8rem}
h4{font-size:1rem;margin:1.4rem 0 .4rem}
p,ul,dl,figure{margin:.5rem 0}
main p,main li{max-width:75ch}
a{color:var(--series-1);text-underline-offset:.2em}
:focus-visible{outline:3px solid var(--series-1);outline-offset:2px;border-radius:2px}
main:focus,.about:focus{outline:none}
.skip{position:absolute;left:-999rem}.skip:focus{left:1rem;top:.5rem;z-index:3;background:var(--surface);padding:.4rem .8rem}
.aside,.type,figcaption,footer,.urn{color:var(--muted);font-weight:400}
.type{font-size:.875em}
code,pre,.urn,dd{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.85em;overflow-wrap:anywhere}
pre{white-space:pre-wrap;margin:0}
.stacks,.contents ul{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem;margin:0;padding:0}
.stacks a,.contents a{display:block;padding:.3rem .75rem;border-radius:6px;text-decoration:none;color:var(--ink)}
.stacks a:hover,.contents a:hover,.stacks a[aria-current]{background:var(--raised)}
.stacks a[aria-current]{box-shadow:inset 0 0 0 1px var(--muted)}
.dot{display:inline-block;width:.6em;height:.6em;border-radius:50%;margin-right:.5em;background:var(--bad)}.dot.clean{background:var(--good)}
.contents{margin:1.2rem 0 0;border-block:1px solid var(--line);padding:.35rem 0}.contents ul{margin-left:-.75rem}
.stack>section{padding:2.2rem 0 .6rem}
.stack+.stack{border-top:1px solid var(--line)}.tabbed .stack+.stack{border:0}
.verdict{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 1rem;border-left:5px solid var(--bad);padding:.1rem 0 .1rem 1rem}
.verdict.clean{border-color:var(--good)}
.verdict p{margin:0}.verdict .word{font-size:1.6rem;font-weight:650;color:var(--bad)}.verdict.clean .word{color:var(--good)}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(15rem,100%),1fr));gap:1rem;margin:1.2rem 0}
.figure{display:flex;flex-direction:column;gap:.15rem;padding:.9rem 1.1rem;border:1px solid var(--line);border-radius:10px;background:var(--raised);color:var(--ink);text-decoration:none}
.figure:hover{border-color:var(--muted)}
.figure .title{color:var(--muted);font-size:.875rem}.figure strong{font-size:1.2rem;font-weight:650}.figure .more{color:var(--muted);font-size:.875rem}
.tags{display:flex;flex-wrap:wrap;gap:.4rem;align-items:center}
.tag,.state{display:inline-block;font-size:.8rem;line-height:1.3;padding:.1em .55em;border:1px solid var(--muted);border-radius:99px;color:var(--ink);white-space:nowrap}
.tag.mandatory,.tag.delete,.tag.replace,.state.finding,.state.short{border-color:var(--bad);color:var(--bad)}
.tag.advisory,.tag.update,.tag.found,.state.exempt,.state.fragile,.tag.forget{border-color:var(--series-2);color:var(--series-2)}
.tag.create,.state.clean,.state.all{border-color:var(--good);color:var(--good)}
.finding{border:1px solid var(--line);border-left:4px solid var(--series-2);border-radius:6px;padding:.7rem 1rem;margin:.8rem 0}
.finding.mandatory{border-left-color:var(--bad)}
.finding h4{margin:0}
.fix{background:var(--raised);border-radius:6px;padding:.5rem .75rem}.fix strong{margin-right:.4em}
.caution{border:1px solid var(--bad);border-radius:6px;padding:.2rem 1rem .6rem;margin:.8rem 0}.caution h4{margin-top:.6rem}
ul.plain{list-style:none;padding:0}ul.plain>li+li{margin-top:.5rem}
details{margin:.5rem 0}
summary{cursor:pointer;padding:.25rem 0}
.wide,.canvas{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:.6rem 0;font-size:.9375rem}
caption{text-align:left;font-weight:600;padding:.5rem 0}
th,td{text-align:left;vertical-align:top;padding:.4rem .9rem .4rem 0;border-bottom:1px solid var(--line);font-weight:400}
thead th{color:var(--muted);font-size:.875rem;white-space:nowrap}
tbody th{min-width:9rem}td code{white-space:normal}
.chart svg{display:block;width:100%;height:auto;max-width:62rem}
.drawing{margin:0}
.canvas{border:1px solid var(--line);border-radius:10px;background:var(--surface);padding:.5rem}
.canvas>svg{display:block;width:100%;height:auto;margin:0 auto;max-width:calc(var(--drawn)*1.2);min-width:min(46rem,var(--drawn))}
.drawing .arch{--arch-background:var(--surface)}
.drawing [data-urns]{cursor:pointer}.drawing .chosen{filter:drop-shadow(0 0 4px var(--series-1))}
.panel{border:1px solid var(--series-1);border-radius:10px;padding:.2rem 1rem 1rem;margin-top:.6rem;max-height:24rem;overflow:auto}
button{font:inherit;font-size:.875rem;color:var(--ink);background:var(--raised);border:1px solid var(--muted);border-radius:6px;padding:.1rem .6rem;cursor:pointer}
input{font:inherit;color:var(--ink);background:var(--surface);border:1px solid var(--muted);border-radius:6px;padding:.3rem .6rem;max-width:100%}
.group{border-bottom:1px solid var(--line)}.group>summary{font-weight:600}
.resource{margin:0 0 0 1.1rem;border-top:1px solid var(--line)}
.resource>summary{display:flex;flex-wrap:wrap;gap:.1rem .8rem;align-items:baseline}
.resource>summary::before{content:"▸";color:var(--muted);margin-right:-.4rem}.resource[open]>summary::before{content:"▾"}
.money{margin-left:auto;color:var(--muted)}
dl{display:grid;grid-template-columns:minmax(8rem,max-content) minmax(0,1fr);gap:.1rem 1rem;padding:.2rem 0 .8rem 1.2rem;font-size:.9rem}
dt{color:var(--muted)}dd{margin:0;white-space:pre-wrap}
.urn{padding-left:1.2rem;margin:0}
footer{border-top:1px solid var(--line);margin-top:3rem;padding-block:1rem 3rem;font-size:.875rem}
@media(max-width:40rem){header.top,main,footer{padding-inline:1rem}header.top{position:static}html{scroll-padding-top:1rem}h2{font-size:1.6rem}dl{grid-template-columns:minmax(0,1fr)}dd{margin-bottom:.4rem}.resource{margin-left:.3rem}}
@media print{body{font-size:10pt}header.top{position:static}.contents,.filter,.panel,button,.skip{display:none!important}.stack+.stack{break-before:page}h2,h3,h4,caption{break-after:avoid}.finding,.figure,tr,.chart{break-inside:avoid}.canvas,.wide{overflow:visible}.canvas>svg{min-width:0}a{color:inherit;text-decoration:none}}
@media(prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@media(forced-colors:active){.dot{forced-color-adjust:none}}
`;
