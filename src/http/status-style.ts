/**
 * The look of the plain page: calm cards that fill a phone and a wall alike, light and dark by the reader's own
 * setting, figures in columns. What a colour says is said by a sign and a word too.
 */
export const STATUS_STYLE = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#17202a, #e8ecf1);
  --soft: light-dark(#566171, #9aa6b5);
  --line: light-dark(#dfe4ea, #2c3540);
  --card: light-dark(#ffffff, #171d24);
  --back: light-dark(#f4f6f8, #0e1318);
  --good: light-dark(#11693c, #5fd394);
  --warn: light-dark(#8a5a00, #f2bd55);
  --bad: light-dark(#a61b1b, #ff8a80);
  --busy: light-dark(#1557b0, #7fb2ff);
}
* { box-sizing: border-box; }
html { font-size: clamp(15px, 0.55vw + 9px, 22px); }
body { margin: 0; background: var(--back); color: var(--ink); font: 1rem/1.45 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
main, footer { max-width: 160rem; margin: 0 auto; padding: 1rem clamp(0.75rem, 2vw, 2rem); }
header { margin-bottom: 1rem; }
#exchanges { display: grid; gap: 0.5rem; }
h1 { font-size: 1.35rem; margin: 0 0 0.4rem; letter-spacing: 0.01em; }
h2 { font-size: 1.1rem; margin: 0 0 0.6rem; }
h3 { font-size: 0.9rem; margin: 0; font-weight: 600; color: var(--soft); }
p, dl, dd, ul { margin: 0; padding: 0; }
.badge { font-size: 0.78rem; font-weight: 500; color: var(--soft); border: 1px solid var(--line); border-radius: 1rem; padding: 0.1rem 0.6rem; margin-left: 0.3rem; white-space: nowrap; }
.watched { color: var(--soft); display: flex; flex-wrap: wrap; gap: 0.2rem 1.1rem; }
.watched b { color: var(--good); }
.alarm { padding: 0.8rem 1.1rem; border-radius: 0.5rem; font-size: 1.2rem; font-weight: 700; color: #fff; background: #a61b1b; }
#lost { position: sticky; top: 0; border-radius: 0; z-index: 1; }
.stale main { opacity: 0.5; }
.unseen { color: var(--bad); font-weight: 700; padding-bottom: 0.7rem; }
.hotlines { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 29rem), 1fr)); gap: 1rem; margin-bottom: 1.5rem; align-items: start; }
article { background: var(--card); border: 1px solid var(--line); border-radius: 0.7rem; padding: 1rem; min-width: 0; }
.live { display: flex; flex-wrap: wrap; gap: 0.4rem 1.6rem; padding-bottom: 0.9rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: 0.4rem 0.8rem; border-top: 1px solid var(--line); padding-top: 0.8rem; }
dt { color: var(--soft); font-size: 0.78rem; }
dd { font-weight: 600; }
.live dd { font-size: 1.5rem; font-weight: 650; line-height: 1.2; white-space: nowrap; }
.live .wait dd, tr.wait td:nth-child(2), tr.wait td:nth-child(3) { color: var(--warn); font-weight: 700; }
.breaches { list-style: none; color: var(--bad); font-weight: 700; padding-bottom: 0.7rem; }
.target { overflow-x: auto; border-top: 1px solid var(--line); padding: 0.7rem 0 0.8rem; }
.rate { display: flex; flex-wrap: wrap; gap: 0.1rem 0.9rem; align-items: baseline; color: var(--soft); font-size: 0.9rem; }
.rate strong { font-size: 2rem; font-weight: 650; color: var(--ink); line-height: 1.25; }
.rate strong.none { font-size: 1.3rem; font-weight: 500; color: var(--soft); }
.verdict { white-space: nowrap; }
.rate .verdict { font-size: 1rem; font-weight: 600; }
:is(.meeting, .on-track) > .rate .verdict, td:is(.meeting, .on-track) { color: var(--good); }
.at-risk > .rate .verdict, td.at-risk { color: var(--warn); }
:is(.missing, .blind) > .rate .verdict, td:is(.missing, .blind) { color: var(--bad); font-weight: 700; }
td:is(.since, .no-data, .too-few-calls) { color: var(--soft); }
.bar { display: block; width: 100%; height: 0.4rem; margin: 0.3rem 0 0.5rem; border-radius: 0.2rem; }
.ground { fill: var(--line); }
.fill { fill: var(--soft); }
:is(.meeting, .on-track) > .bar .fill { fill: var(--good); }
.at-risk > .bar .fill { fill: var(--warn); }
.missing > .bar .fill { fill: var(--bad); }
.mark { fill: var(--ink); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.85rem; }
th, td { text-align: right; padding: 0.15rem 0.35rem; font-weight: 400; white-space: nowrap; }
th:first-child { text-align: left; padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--soft); font-size: 0.78rem; }
tbody tr { border-top: 1px solid var(--line); }
.formula { color: var(--soft); font-size: 0.78rem; padding-top: 0.4rem; }
.wide { font-size: 1rem; margin-bottom: 1.5rem; background: var(--card); border: 1px solid var(--line); border-radius: 0.5rem; }
.wide th, .wide td, .wide th:first-child, .wide td:last-child, .wide th:last-child { padding: 0.4rem 0.8rem; }
.wide tbody th { font-weight: 600; }
.counts { display: flex; flex-wrap: wrap; gap: 0.2rem 1.1rem; color: var(--soft); padding-bottom: 0.7rem; }
.seats { list-style: none; display: grid; grid-template-columns: repeat(auto-fill, minmax(11.5rem, 1fr)); gap: 0.5rem; }
.seats li { background: var(--card); border: 1px solid var(--line); border-left: 0.35rem solid var(--soft); border-radius: 0.4rem; padding: 0.4rem 0.7rem; min-width: 0; overflow-wrap: anywhere; }
.seats span { display: block; color: var(--soft); font-size: 0.85rem; }
.seats .idle { border-left-color: var(--good); }
.seats .ringing, .seats .dialling { border-left-color: var(--warn); border-left-style: dashed; }
.seats .talking, .seats .on-hold { border-left-color: var(--busy); }
.seats .paused, .seats .wrap-up { border-left-style: dotted; }
.seats .offline, .seats .unknown { opacity: 0.65; }
footer { color: var(--soft); display: flex; flex-wrap: wrap; gap: 0.4rem 1.5rem; justify-content: space-between; font-size: 0.85rem; }
nav { display: flex; flex-wrap: wrap; gap: 0.2rem 1.1rem; }
a { color: inherit; }
.way-in { max-width: 24rem; padding-top: 12vh; }
.way-in form { display: grid; gap: 0.25rem; padding-bottom: 1rem; }
.way-in label { color: var(--soft); }
.way-in input, .way-in .button { margin-bottom: 0.7rem; }
.way-in button { color: var(--card); background: var(--busy); border-color: var(--busy); }
.way-in ul { list-style: none; display: flex; flex-wrap: wrap; gap: 0.3rem 1.2rem; padding-top: 1.5rem; }
.way-in li :is(a, b) { display: inline-block; padding: 0.3rem 0; }
.way-in .alarm { font-size: 1rem; margin-bottom: 1rem; }
input, button, .button { font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--soft); border-radius: 0.4rem; padding: 0.6rem 0.8rem; min-height: 2.8rem; }
button, .button { display: block; width: 100%; text-align: center; text-decoration: none; font-weight: 600; cursor: pointer; }
:is(input, button, .button):focus-visible { outline: 3px solid var(--busy); outline-offset: 1px; }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 0.4rem; padding: 0.6rem 0.8rem; }
`;
