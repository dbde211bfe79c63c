// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/page.hpp"

#include "plot/script_text.hpp"

namespace nordheim::program {

namespace {

constexpr const char* page_template = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>@title@</title>
<style>
:root { color-scheme: light dark; --ink: #222; --paper: #fff; --faint: #666; --line: #ddd; --card: #f7f7f7; }
@media (prefers-color-scheme: dark) { :root { --ink: #ddd; --paper: #161616; --faint: #999; --line: #3a3a3a; --card: #202020; } }
body { max-width: 54rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1 { margin-bottom: 0; } h2 { margin-top: 2.5rem; }
p.about, figcaption, td.what { color: var(--faint); }
figure { margin: 0; } figure svg { width: 100%; height: auto; border-radius: 6px; background: #fff; }
figcaption { font-size: 0.92rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.92rem; }
td, th { padding: 0.3rem 0.6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
td.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
pre { padding: 1rem; overflow-x: auto; background: var(--card); border-radius: 6px; }
p.missing { padding: 0.6rem 1rem; background: var(--card); border-radius: 6px; }
</style>
</head>
<body>
<h1>@title@</h1>
<p class="about">@about@</p>
@numbers@@figures@@case@</body>
</html>
)";

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string numbers_table(const Summary& summary) {
  if (summary.rows.empty()) return {};
  std::string text = "<h2>Key numbers</h2>\n<table>\n";
  for (const SummaryRow& row : summary.rows) {
    text += "<tr><th>" + escaped(row.quantity) + "</th><td class=\"number\">" + escaped(row.value) +
            (row.unit.empty() ? "" : " " + escaped(row.unit)) + "</td><td class=\"what\">" + escaped(row.explanation) +
            "</td></tr>\n";
  }
  return text + "</table>\n";
}

/// The element <svg> of an SVG file, without the XML declaration, the document type and the address of the standard,
/// none of which belong inside HTML.
std::string svg_element(const std::string& file) {
  std::string text = file.substr(std::min(file.find("<svg"), file.size()));
  for (const char* attribute :
       {" xmlns=\"http://www.w3.org/2000/svg\"", " xmlns:xlink=\"http://www.w3.org/1999/xlink\""}) {
    const std::string name(attribute);
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name)) text.erase(at, name.size());
  }
  return text;
}

std::string figure_section(const DrawnFigure& drawn) {
  std::string text = "<h2 id=\"" + drawn.figure.name + "\">" + escaped(drawn.figure.title) + "</h2>\n";
  if (!drawn.figure.missing.empty()) {
    return text + "<p class=\"missing\">Not drawn: " + escaped(drawn.figure.missing) + "</p>\n";
  }
  return text + "<figure>\n" + svg_element(drawn.svg) + "<figcaption>" + escaped(drawn.figure.caption) +
         " Files: <code>figures/" + drawn.figure.name + "</code> .svg, .png, .dat, .gp.</figcaption>\n</figure>\n";
}

}  // namespace

std::string html_page(const ResultData& result, const Summary& summary, const std::vector<DrawnFigure>& figures,
                      const std::string& case_text) {
  const std::string title = result.title.empty() ? "nordheim " + result.command : result.title;
  std::string sections;
  for (const DrawnFigure& drawn : figures) sections += figure_section(drawn);
  return fill(page_template,
              {{"about", escaped("Results of nordheim " + result.command +
                                 (result.version.empty() ? "" : ", version " + result.version) +
                                 ". Units: ħ = m = k_B = 1; momenta in units of 2π over the lattice constant.")},
               {"numbers", numbers_table(summary)},
               {"title", escaped(title)},
               {"case", case_text.empty() ? "" : "<h2>Case file</h2>\n<pre>" + escaped(case_text) + "</pre>\n"},
               {"figures", sections}});
}

}  // namespace nordheim::program
