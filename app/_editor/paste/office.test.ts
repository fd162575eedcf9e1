// Clipboards of office programs, shortened but with everything that these programs put around the words.
import { expect, test } from "vitest";
import { pasted, pastedHtml } from "#app/_editor/paste/pasted.test-helper.ts";

test("Excel: looks by class, a merged cell, text that runs over, rows and cells that only carry widths", () => {
  const html = `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta name=ProgId content=Excel.Sheet><meta name=Generator content="Microsoft Excel 15">
<link id=Main-File rel=Main-File href="file:///C:/Temp/clip.htm">
<style>
<!--table
	{mso-displayed-decimal-separator:"\\.";}
td
	{padding-top:1px;mso-ignore:padding;font-weight:400;white-space:nowrap;}
.xl65
	{font-weight:700;text-align:center;}
.xl66
	{mso-number-format:"\\#\\,\\#\\#0\\.00";}
-->
</style></head>
<body link="#0563C1"><table border=0 cellpadding=0 cellspacing=0 width=192 style='border-collapse:collapse;width:144pt'>
<!--StartFragment-->
 <col width=64 span=3 style='width:48pt'>
 <tr height=20 style='height:15.0pt'>
  <td colspan=3 height=20 class=xl65 width=192 style='height:15.0pt;width:144pt'>Sales</td>
 </tr>
 <tr height=20><td rowspan=2 height=40 style='height:30.0pt'>North</td><td class=xl66 align=right x:num="1234.5">1,234.50</td><td align=right>12%</td></tr>
 <tr height=20><td class=xl66 align=right>7.00</td><td></td></tr>
 <tr height=20><td colspan=2 height=20 style='height:15.0pt;mso-ignore:colspan'>Not for the public</td><td></td></tr>
 <tr height=0 style='display:none'><td>hidden</td><td>row</td><td></td></tr>
 <![if supportMisalignedColumns]>
 <tr height=0 style='display:none'><td width=64 style='width:48pt'></td><td width=64></td><td width=64></td></tr>
 <![endif]>
<!--EndFragment-->
</table></body></html>`;
  expect(pastedHtml(html)).toBe(
    "<table><tbody>" +
      '<tr><td colspan="3"><p><strong>Sales</strong></p></td></tr>' +
      '<tr><td rowspan="2"><p>North</p></td><td><p>1,234.50</p></td><td><p>12%</p></td></tr>' +
      "<tr><td><p>7.00</p></td><td><p></p></td></tr>" +
      "<tr><td><p>Not for the public</p></td><td><p></p></td><td><p></p></td></tr>" +
      "</tbody></table>",
  );
});

test("LibreOffice Calc: fonts and numbers beside the cells", () => {
  const html = `<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><meta name="generator" content="LibreOffice 7.4 (Linux)"/>
<style type="text/css">body,div,table,td,p { font-family:"Liberation Sans"; font-size:x-small } a.comment-indicator:hover + comment { display:block }</style></head>
<body><table cellspacing="0" border="0"><colgroup span="2" width="85"></colgroup>
<tr><td height="17" align="left" valign=bottom><b>Tea</b></td><td align="right" valign=bottom sdval="3" sdnum="1033;0;0.00"><font color="#000000">3.00</font></td></tr>
<tr><td height="17" align="left">a<br>b</td><td align="left"><br></td></tr></table></body></html>`;
  expect(pastedHtml(html)).toBe(
    "<table><tbody><tr><td><p><strong>Tea</strong></p></td><td><p>3.00</p></td></tr>" +
      "<tr><td><p>a<br>b</p></td><td><p></p></td></tr></tbody></table>",
  );
});

test("LibreOffice Writer: headings, lists, a quotation, and text styled by font tags", () => {
  const html = `<!DOCTYPE html><html><head><title></title><meta name="generator" content="LibreOffice 7.4 (Linux)"/>
<style type="text/css">@page { size: 8.27in 11.69in } p { line-height: 115% }</style></head><body lang="en-US" link="#000080" dir="ltr">
<h2 class="western">Plan</h2><p style="line-height: 100%; margin-bottom: 0in"><font face="Liberation Serif, serif"><font size="3">plain <b>bold</b> <strike>gone</strike> <a href="https://a.example/">link</a></font></font></p>
<ul><li><p style="margin-bottom: 0in">one</p><ul><li><p>inside</p></li></ul></li></ul><blockquote>said</blockquote>
<p style="margin-bottom: 0in"><br/></p></body></html>`;
  expect(pasted(html)).toBe(
    "## Plan\n\nplain **bold** ~~gone~~ [link](https://a.example/)\n\n* one\n  * inside\n\n> said",
  );
});

test("Google Docs: a list of tasks", () => {
  const item = (checked: boolean, text: string) =>
    `<li dir="ltr" role="checkbox" aria-checked="${checked}" aria-level="1" style="list-style-type:none;"><img src="data:image/png;base64,x" width="17px" alt="checked" aria-roledescription="checkbox"/><p dir="ltr" style="display:inline-block" role="presentation"><span style="font-size:11pt;">${text}</span></p></li>`;
  const html = `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-2"><ul style="margin-top:0;">${item(true, "done")}${item(false, "open")}</ul></b>`;
  expect(pasted(html)).toBe("- [x] done\n- [ ] open");
});
