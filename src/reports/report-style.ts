/** One sheet for screen and paper: no font, image or script from anywhere. */
export const REPORT_STYLE = `
:root { --ink: #1b1f24; --soft: #5b6570; --line: #d5dade; --pale: #f4f6f7; --good: #1a6b45; --bad: #a8261c; --warn: #8a5a00; --bar: #3d6485; }
* { box-sizing: border-box; margin: 0; padding: 0; }
html { font-size: 15px; }
body { font: 1rem/1.45 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; color: var(--ink); background: #fff; font-variant-numeric: tabular-nums lining-nums; }
body:lang(zh-Hans) { font-family: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", system-ui, sans-serif; }
body:lang(zh-Hant) { font-family: "PingFang TC", "Microsoft JhengHei", "Noto Sans CJK TC", "Source Han Sans TC", system-ui, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2.2rem 1.6rem 3rem; }
header { border-bottom: 2px solid var(--ink); padding-bottom: 0.7rem; margin-bottom: 1.2rem; }
header p { color: var(--soft); }
h1 { font-size: 1.75rem; line-height: 1.2; font-weight: 650; }
h1 small { display: block; font-size: 0.95rem; font-weight: 500; color: var(--soft); letter-spacing: 0.02em; }
h2 { font-size: 1.15rem; font-weight: 650; margin: 2rem 0 0.5rem; padding-bottom: 0.2rem; border-bottom: 1px solid var(--ink); }
h2 small { font-weight: 400; color: var(--soft); font-size: 0.85rem; padding-left: 0.5rem; }
p { margin: 0.3rem 0; max-width: 50rem; }
.note { border: 1px solid var(--warn); border-left-width: 0.35rem; padding: 0.6rem 0.9rem; margin: 0 0 1.2rem; }
.note h2 { margin: 0 0 0.2rem; padding: 0; border: 0; font-size: 1rem; }
.note ul { padding-left: 1.1rem; }
.note li { margin: 0.15rem 0; }
.hint { color: var(--soft); font-size: 0.85rem; }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0 1.1rem; font-size: 0.88rem; }
caption { text-align: left; color: var(--soft); font-size: 0.85rem; padding-bottom: 0.25rem; }
th, td { text-align: right; vertical-align: baseline; padding: 0.24rem 0 0.24rem 0.9rem; font-weight: 400; }
thead th { color: var(--soft); font-size: 0.8rem; vertical-align: bottom; border-bottom: 1px solid var(--soft); line-height: 1.25; }
th:first-child, .words { text-align: left; }
th:first-child { padding-left: 0; }
tbody tr + tr { border-top: 1px solid var(--line); }
tbody th { font-weight: 500; }
.grouped .group th { font-weight: 650; padding-top: 0.55rem; }
.grouped tbody tr:nth-child(2) { border-top: 0; }
.grouped tbody tr:not(.group) th { font-weight: 400; padding-left: 0.9rem; }
.grouped thead th { white-space: nowrap; }
.grouped tbody { break-inside: avoid; }
td small, th small { color: var(--soft); font-size: 0.85em; }
td { white-space: nowrap; }
td.words { white-space: normal; }
.rows th:first-child { min-width: 6.5em; }
.rate { font-weight: 650; }
.verdict { white-space: nowrap; font-weight: 600; }
.verdict .sign { display: inline-block; width: 1.15em; }
.missing, .breach { color: var(--bad); font-weight: 650; }
.meeting { color: var(--good); }
.at-risk, .blind { color: var(--warn); }
.on-track, .no-data, .too-few-calls, .since { color: var(--ink); }
.columns { display: grid; grid-template-columns: repeat(3, 1fr); gap: 0 2.2rem; align-items: start; }
.list .part th { padding-left: 0.9rem; font-weight: 400; }
.profile td, .profile th { padding-top: 0.06rem; padding-bottom: 0.06rem; line-height: 1.3; }
.profile tbody tr + tr { border-top: 0; }
.profile .words { width: 42%; padding-right: 0.6rem; vertical-align: middle; }
.profile svg { display: block; width: 100%; height: 0.75rem; }
.key { display: inline-flex; gap: 0.35rem; align-items: center; margin-right: 1.1rem; }
.key svg { width: 1.3rem; height: 0.75rem; }
.answered { fill: var(--bar); }
.missed { fill: url(#hatch); stroke: var(--bad); stroke-width: 1; vector-effect: non-scaling-stroke; }
.other { fill: #e3e8ec; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.15rem 1.2rem; margin: 0.4rem 0 0.8rem; }
dt { color: var(--soft); }
dd { font-weight: 500; }
.formulas dl { font-size: 0.85rem; }
.formulas dd { font-weight: 400; }
footer { margin-top: 2rem; border-top: 1px solid var(--line); padding-top: 0.5rem; color: var(--soft); font-size: 0.8rem; display: flex; justify-content: space-between; gap: 1rem; flex-wrap: wrap; }
@media (max-width: 46rem) { .columns { grid-template-columns: 1fr; } main { padding: 1rem; } .scroll { overflow-x: auto; } }
@page { size: A4; margin: 15mm 14mm 16mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #5b6570; } }
@media print {
  html { font-size: 9.4pt; }
  body { line-height: 1.35; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  h2 { margin-top: 6mm; break-after: avoid; }
  thead { display: table-header-group; }
  tr, .note, dl, .columns > *, .profile { break-inside: avoid; }
  caption { break-after: avoid; }
  .columns { gap: 0 7mm; }
  th, td { padding-left: 0.7rem; }
  .grouped thead th, .grouped td small, .grouped .verdict { white-space: normal; }
  .grouped tbody th { min-width: 11em; }
}
`;
