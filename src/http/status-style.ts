/** The look of the plain page: one calm column of cards, light and dark by the reader's own setting. */
export const STATUS_STYLE = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#17202a, #e8ecf1);
  --soft: light-dark(#5c6877, #98a4b3);
  --line: light-dark(#dfe4ea, #2c3540);
  --card: light-dark(#ffffff, #171d24);
  --back: light-dark(#f4f6f8, #0e1318);
  --good: light-dark(#11693c, #5fd394);
  --warn: light-dark(#8a5a00, #f2bd55);
  --bad: light-dark(#a61b1b, #ff8a80);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); font: 15px/1.45 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
header, main, footer { max-width: 1400px; margin: 0 auto; padding: 16px 20px; }
header { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: baseline; }
h1 { font-size: 22px; margin: 0; letter-spacing: .01em; }
h2 { font-size: 17px; margin: 0 0 6px; }
h2 small { color: var(--soft); font-weight: 400; margin-left: 6px; }
h3 { font-size: 14px; margin: 0; font-weight: 600; color: var(--soft); }
p { margin: 0; }
.watched { color: var(--soft); }
.watched b { color: var(--good); }
.blind { flex-basis: 100%; padding: 12px 16px; border-radius: 8px; font-size: 20px; font-weight: 700; color: #fff; background: #a61b1b; }
.hotlines { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 400px), 1fr)); gap: 16px; margin-bottom: 24px; }
article { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 16px; }
.live { color: var(--soft); padding-bottom: 10px; }
.live b { color: var(--ink); font-size: 17px; }
.target { border-top: 1px solid var(--line); padding: 10px 0 6px; }
.rate { display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: baseline; color: var(--soft); }
.rate strong { font-size: 30px; font-weight: 650; color: var(--ink); }
.meeting .verdict, .on-track .verdict { color: var(--good); }
.at-risk .verdict { color: var(--warn); font-weight: 600; }
.missing .verdict, .blind .verdict { color: var(--bad); font-weight: 700; }
table { border-collapse: collapse; width: 100%; font-size: 13px; margin-top: 4px; }
th, td { text-align: right; padding: 2px 6px; font-weight: 400; white-space: nowrap; }
th:first-child { text-align: left; }
thead th { color: var(--soft); }
tbody tr { border-top: 1px solid var(--line); }
.wide { font-size: 15px; margin-bottom: 24px; background: var(--card); border: 1px solid var(--line); }
.wide th, .wide td { padding: 6px 10px; }
.breaches { color: var(--bad); font-weight: 600; padding-top: 8px; }
.seats { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(180px, 1fr)); gap: 8px; }
.seats li { background: var(--card); border: 1px solid var(--line); border-left: 5px solid var(--soft); border-radius: 6px; padding: 6px 10px; }
.seats span { display: block; color: var(--soft); font-size: 13px; }
.seats .idle { border-left-color: var(--good); }
.seats .ringing, .seats .dialling { border-left-color: var(--warn); border-left-style: dashed; }
.seats .talking, .seats .on-hold { border-left-color: light-dark(#1557b0, #7fb2ff); }
.seats .paused, .seats .wrap-up { border-left-style: dotted; }
.seats .offline, .seats .unknown { opacity: .6; }
footer { color: var(--soft); display: flex; flex-wrap: wrap; gap: 6px 18px; font-size: 13px; }
a { color: inherit; }
`;
