const SONG =
  '"方正小标宋简体", "FZXiaoBiaoSong-B05S", "小标宋", "华文中宋", "STZhongsong", "宋体", "SimSun", "Noto Serif CJK SC", serif';
const FANG =
  '"仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "华文仿宋", "STFangsong", "Noto Serif CJK SC", serif';
const HEI = '"黑体", "SimHei", "华文黑体", "Noto Sans CJK SC", sans-serif';
const KAI = '"楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "华文楷体", "Noto Serif CJK SC", serif';

/**
 * Looks of the printed documents, after GB/T 9704-2012 as far as a draft goes: A4 with a type area of 156 × 225 mm, title in
 * 小标宋 2号 (22 pt), text in 仿宋 3号 (16 pt), headings in 黑体. Neither red head nor seal. Browsers that know no page margin
 * boxes still print the draft mark above the title.
 */
export const STYLE = `
@page {
  size: A4; margin: 37mm 26mm 35mm 28mm;
  @top-right { content: "机器生成初稿，未经签发"; font: 10.5pt ${HEI}; color: #555; }
  @bottom-center { content: "— " counter(page) " —"; font: 14pt ${SONG}; }
}
@page :first { @top-right { content: none; } }
/* More on a page, and room to bind it. */
@page file { margin: 25mm 20mm 22mm 28mm; }
* { box-sizing: border-box; }
html { background: #dfe3e8; color: #000; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { margin: 0; }
main { width: 210mm; min-height: 297mm; margin: 8mm auto; padding: 37mm 26mm 35mm 28mm; background: #fff; font-family: ${FANG}; overflow-wrap: anywhere; }
.letter { font-size: 16pt; line-height: 28pt; }
.form { page: file; font-size: 14pt; line-height: 23pt; }
.dense { page: file; font-size: 12pt; line-height: 18pt; }
.draft { float: right; margin: 0; border: 1pt solid #000; padding: 0 .5em; font: 12pt/1.7 ${HEI}; }
h1 { clear: both; margin: 0; padding: 12pt 0 16pt; font: 22pt/32pt ${SONG}; text-align: center; text-wrap: balance; }
h1 + .subject { margin-top: -10pt; padding-bottom: 14pt; font: 16pt/24pt ${KAI}; text-align: center; text-indent: 0; }
h2 { margin: 0; font: inherit; font-family: ${HEI}; break-after: avoid; }
.letter h2, .letter p, .form section > p { text-indent: 2em; }
.form h2 { margin-top: 5pt; }
.form section { break-inside: avoid; }
.dense h2 { margin: 14pt 0 5pt; font-size: 14pt; }
p { margin: 0; }
.letter .draft, .letter td p, .letter .line, .letter .plain, .form section > .line { text-indent: 0; }
.plain { display: flex; justify-content: space-between; gap: 1em; border-bottom: 1.5pt solid #000; padding-bottom: 4pt; margin-bottom: 6pt; }
.dense p { margin-bottom: 3pt; }
.small { font-size: 10.5pt; line-height: 15pt; color: #333; }
.letter .small, .form .small { font-size: 12pt; line-height: 19pt; }
.notice { border: 1pt solid #000; padding: 3pt 8pt; margin-bottom: 8pt; font-family: ${HEI}; }
.letter p.notice { text-indent: 0; }
.blank { display: inline-block; min-width: 6em; border-bottom: .75pt solid #000; height: 1em; }
.line { break-before: avoid; height: 1.75em; border-bottom: .75pt solid #000; margin: 0; }
.dense p.line { margin: 0; }
table { width: 100%; margin: 4pt 0 8pt; border-collapse: collapse; }
.letter table { font-size: 14pt; line-height: 22pt; }
.form table { font-size: 12pt; line-height: 18pt; }
.letter table.list { font-size: 12pt; line-height: 18pt; }
th, td { border: .75pt solid #000; padding: 3pt 5pt; text-align: left; vertical-align: top; font-weight: normal; }
th { font-family: ${HEI}; }
thead { display: table-header-group; }
thead th { background: #eee; white-space: nowrap; }
tr { break-inside: avoid; }
.facts th { width: 6.5em; white-space: nowrap; }
.timeline td:nth-child(2), .log td:nth-child(3) { white-space: nowrap; }
.log th:nth-child(1) { width: 15%; }
.log th:nth-child(2) { width: 37%; }
.log th:nth-child(5) { width: 16%; }
.dense .list { font-size: 10.5pt; line-height: 15pt; }
.mono { font: 9pt/13pt "Noto Sans Mono", "Consolas", "Menlo", monospace; word-break: break-all; }
.nowrap { white-space: nowrap; }
.signature { margin-top: 22pt; text-align: right; break-inside: avoid; }
.letter .signature p { text-indent: 0; }
.letter .subject { text-indent: 0; }
footer { margin-top: 20pt; border-top: .75pt solid #000; padding-top: 4pt; font-size: 10.5pt; line-height: 15pt; color: #333; break-inside: avoid; }
@media print {
  html { background: none; }
  main { width: auto; min-height: 0; margin: 0; padding: 0; }
}
@media screen and (max-width: 220mm) { main { width: auto; margin: 0; padding: 12mm 6mm; } }
`;
