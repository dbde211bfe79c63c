// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/page.hpp"

#include "plot/script_text.hpp"

namespace nordheim::program {

namespace {

constexpr const char* page_head = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>@title@</title>
<style>
:root { color-scheme: light dark; --page: #fbfbfa; --ink: #222; --soft: #5c5c5c; --rule: #dcdcd8; --panel: #f1f1ee; }
@media (prefers-color-scheme: dark) {
  :root { --page: #17181a; --ink: #e6e6e3; --soft: #a5a5a0; --rule: #3a3b3e; --panel: #222326; }
}
body { margin: 0 auto; max-width: 900px; padding: 2rem 1rem 4rem; background: var(--page); color: var(--ink);
  font: 16px/1.55 system-ui, sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .3rem; }
h2 { font-size: 1.2rem; margin: 2.6rem 0 .7rem; }
.origin, figcaption, td:last-child { color: var(--soft); }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--rule); }
td:nth-child(2) { font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
figure { margin: 0; }
/* The colours of the drawings are chosen for white paper, so they keep it in the dark too. */
figure svg { display: block; max-width: 100%; height: auto; margin: 0 auto; background: #fff; border-radius: 6px; }
figure svg text, figure svg tspan { font-family: system-ui, sans-serif; }
/* One node one square: what is between the nodes was not computed. */
figure svg image { image-rendering: pixelated; }
figcaption { margin-top: .6rem; font-size: .95rem; }
pre { overflow-x: auto; padding: 1rem; background: var(--panel); border-radius: 6px; font-size: .85rem; line-height: 1.45; }
@media print { body { max-width: none; } figure { break-inside: avoid; } }
</style>
</head>
<body>
)";

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

std::string table_of(const Summary& summary) {
  if (summary.rows.empty()) return "<p>There is no summary.json beside the results, so no key numbers are shown.</p>\n";
  std::string text = "<table>\n<tr><th>Quantity</th><th>Value</th><th>Unit</th><th>Meaning</th></tr>\n";
  for (const SummaryRow& row : summary.rows) {
    text += "<tr><td>" + escaped(row.quantity) + "</td><td>" + escaped(row.value) + "</td><td>" +
            escaped(row.unit.empty() ? "1" : row.unit) + "</td><td>" + escaped(row.explanation) + "</td></tr>\n";
  }
  return text + "</table>\n";
}

std::string figure_section(const DrawnFigure& drawn) {
  const Figure& figure = drawn.figure;
  const std::string heading = "<h2>" + escaped(figure.title) + "</h2>\n";
  if (!figure.missing.empty()) return heading + "<p>Left out: " + escaped(figure.missing) + "</p>\n";
  return heading + "<figure id=\"" + figure.name + "\" aria-label=\"" + escaped(figure.title) + "\">\n" +
         inline_svg(drawn.svg, figure.name) + "<figcaption>" + escaped(figure.caption) + "</figcaption>\n</figure>\n";
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

std::string inline_svg(std::string svg, std::string_view name) {
  const std::size_t start = svg.find("<svg");
  if (start != std::string::npos) svg.erase(0, start);
  replace_all(svg, "xmlns=\"http://www.w3.org/2000/svg\"", "role=\"img\"");
  replace_all(svg, "xmlns:xlink=\"http://www.w3.org/1999/xlink\"", "");
  replace_all(svg, "xlink:href=", "href=");
  const std::string prefix = std::string(name) + "-";
  for (const char quote : {'"', '\''}) {
    const std::string id = std::string(" id=") + quote, reference = std::string("href=") + quote + "#";
    replace_all(svg, id, id + prefix);
    replace_all(svg, reference, reference + prefix);
  }
  replace_all(svg, "url(#", "url(#" + prefix);
  return svg;
}

std::string html_page(const ResultData& result, const Summary& summary, const std::string& case_text,
                      const std::vector<DrawnFigure>& figures, const std::string& animation) {
  const std::string title = result.title.empty() ? "Results of nordheim " + result.command : result.title;
  std::string page = fill(page_head, {{"title", escaped(title)}});
  const bool gas = result.command != "diffusion" && result.space != "shell" && !result.has("mobility") &&
                   !(result.command == "transport" && result.space == "lattice");
  page += "<h1>" + escaped(title) + "</h1>\n<p class=\"origin\">nordheim " + escaped(result.version) +
          (result.version.empty() ? "" : " ") + escaped(result.command) +
          (gas ? ", " + name(result.statistics) + " statistics" : std::string()) +
          ". Units: ħ = m = k_B = 1, so that a time is measured in 1/energy and the unit of energy is that of the case "
          "file" +
          (result.in_continuum() ? ".</p>\n" : "; k is measured in 2π / lattice constant.</p>\n");
  page += "<h2>Key numbers</h2>\n" + table_of(summary) + animation;
  for (const DrawnFigure& drawn : figures) page += figure_section(drawn);
  page += "<h2>Case file</h2>\n";
  page += case_text.empty() ? "<p>There is none beside the results.</p>\n"
                            : "<p>With it the run can be repeated.</p>\n<pre>" + escaped(case_text) + "</pre>\n";
  return page + "</body>\n</html>\n";
}

}  // namespace nordheim::program
