// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/animation.hpp"

#include "plot/box_image.hpp"
#include "plot/box_profiles.hpp"
#include "plot/page.hpp"
#include "plot/script_text.hpp"
#include "plot/snapshots.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace nordheim::program {

namespace {

using Json = nlohmann::json;

/// Pixels of all frames together: a page that can still be sent by mail.
constexpr std::size_t most_pixels = 4'000'000;

constexpr const char* section = R"(<h2>Animation</h2>
<figure id="animation" aria-label="Animation">
<canvas id="animation-canvas" width="1600" height="1240" role="img" aria-label="Image of W and density"></canvas>
<p class="controls"><button id="animation-play" type="button">Play</button>
<input id="animation-slider" type="range" min="0" max="@last@" value="0" step="1" aria-label="Time">
<output id="animation-time"></output></p>
<figcaption>@caption@</figcaption>
</figure>
<style>
#animation-canvas { display: block; width: 100%; height: auto; background: #fff; border-radius: 6px; }
.controls { display: flex; gap: 1rem; align-items: center; margin: .6rem 0 0; }
.controls input { flex: 1; }
.controls output { min-width: 8rem; font-variant-numeric: tabular-nums; }
</style>
<script>
"use strict";
(() => {
const data = @data@;
@script@})();
</script>
)";

/// Draws frame after frame: `data` has the frames, the axes and their labels.
constexpr const char* script = R"JS(const canvas = document.getElementById("animation-canvas");
const slider = document.getElementById("animation-slider");
const play = document.getElementById("animation-play");
const time = document.getElementById("animation-time");
const pen = canvas.getContext("2d");
const left = 170, right = 1400, panels = {image: [40, 680], density: [760, 1100]};

const mix = (value) => {
  const place = Math.min(Math.max(value, 0), 1) * (data.colours.length - 1);
  const below = Math.min(Math.floor(place), data.colours.length - 2), part = place - below;
  return data.colours[below].map((c, i) => Math.round((1 - part) * c + part * data.colours[below + 1][i]));
};
const palette = Array.from({length: 256}, (_, i) => mix(i / 255));

const ticks = (low, high) => {
  const power = 10 ** Math.floor(Math.log10((high - low) / 5));
  const step = [1, 2, 5, 10].map((f) => f * power).find((s) => (high - low) / s <= 5.5) || 10 * power;
  const list = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; ++i) list.push(i * step);
  return list;
};
const number = (x) => String(Number(x.toPrecision(6))).replace("-", "\u2212");
const across = (x) => left + (right - left) * (x - data.x[0]) / (data.x[1] - data.x[0]);
const up = (y, [low, high], [top, bottom]) => bottom - (bottom - top) * (y - low) / (high - low);

const axes = (panel, range, label) => {
  const [top, bottom] = panel;
  pen.strokeStyle = pen.fillStyle = "#333";
  pen.lineWidth = 2;
  pen.strokeRect(left, top, right - left, bottom - top);
  pen.font = "28px system-ui, sans-serif";
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  for (const y of ticks(...range)) {
    const at = up(y, range, panel);
    pen.fillText(number(y), left - 16, at);
    pen.fillRect(left - 10, at - 1, 10, 2);
  }
  pen.textAlign = "center";
  pen.textBaseline = "top";
  for (const x of ticks(...data.x)) {
    pen.fillRect(across(x) - 1, bottom, 2, 10);
    if (panel === panels.density) pen.fillText(number(x), across(x), bottom + 16);
  }
  pen.save();
  pen.translate(30, (top + bottom) / 2);
  pen.rotate(-Math.PI / 2);
  pen.textBaseline = "middle";
  pen.fillText(label, 0, 0);
  pen.restore();
};

const bytes = data.frames.map((frame) => Uint8Array.from(atob(frame.image), (c) => c.charCodeAt(0)));
const paper = document.createElement("canvas");
paper.width = data.positions;
paper.height = data.columns;
const ink = paper.getContext("2d");

const draw = (index) => {
  const frame = data.frames[index];
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  const pixels = ink.createImageData(data.positions, data.columns);
  for (let i = 0; i < data.positions; ++i) {
    for (let j = 0; j < data.columns; ++j) {
      const colour = palette[bytes[index][i * data.columns + j]];
      const at = 4 * ((data.columns - 1 - j) * data.positions + i);
      for (let c = 0; c < 3; ++c) pixels.data[at + c] = colour[c];
      pixels.data[at + 3] = 255;
    }
  }
  ink.putImageData(pixels, 0, 0);
  pen.imageSmoothingEnabled = false;
  const [top, bottom] = panels.image;
  pen.drawImage(paper, left, top, right - left, bottom - top);
  axes(panels.image, data.k, data.labels.k);

  const bar = right + 30;
  for (let i = 0; i < 256; ++i) {
    pen.fillStyle = `rgb(${palette[i].join(",")})`;
    const from = bottom - (bottom - top) * (i + 1) / 256;
    pen.fillRect(bar, from, 30, (bottom - top) / 256 + 1);
  }
  pen.fillStyle = "#333";
  pen.font = "28px system-ui, sans-serif";
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  for (const w of ticks(...data.w)) pen.fillText(number(w), bar + 42, up(w, data.w, panels.image));
  pen.textBaseline = "bottom";
  pen.fillText(data.labels.w, bar, top - 4);

  const line = (values, dash, colour) => {
    pen.save();
    pen.beginPath();
    pen.rect(left, panels.density[0], right - left, panels.density[1] - panels.density[0]);
    pen.clip();
    pen.setLineDash(dash);
    pen.strokeStyle = colour;
    pen.lineWidth = 5;
    pen.beginPath();
    values.forEach((y, i) => pen.lineTo(across(data.at[i]), up(y, data.rho, panels.density)));
    pen.stroke();
    pen.restore();
  };
  line(frame.density, [], "#0072b2");
  if (frame.diffused) line(frame.diffused, [18, 12], "#d55e00");
  axes(panels.density, data.rho, data.labels.rho);
  if (frame.diffused) {
    pen.textAlign = "right";
    pen.textBaseline = "top";
    pen.fillStyle = "#d55e00";
    pen.fillText("dashed: diffusion", right - 20, panels.density[0] + 16);
    pen.fillStyle = "#333";
  }
  pen.textAlign = "center";
  pen.textBaseline = "top";
  pen.fillText(data.labels.x, (left + right) / 2, panels.density[1] + 64);
  time.textContent = "t = " + number(Number(frame.time.toPrecision(4)));
};

let timer = null;
const stop = () => {
  clearInterval(timer);
  timer = null;
  play.textContent = "Play";
};
slider.addEventListener("input", () => {
  stop();
  draw(Number(slider.value));
});
play.addEventListener("click", () => {
  if (timer !== null) return stop();
  play.textContent = "Pause";
  const wait = Math.max(60, Math.min(500, 6000 / data.frames.length));
  timer = setInterval(() => {
    slider.value = String((Number(slider.value) + 1) % data.frames.length);
    draw(Number(slider.value));
  }, wait);
});
draw(0);
)JS";

std::string base64(const std::string& bytes) {
  constexpr const char* letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned group = 0;
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t j = 0; j < 3; ++j) {
      group = (group << 8U) | (j < count ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    }
    for (std::size_t j = 0; j < 4; ++j) text += j <= count ? letters[(group >> (18U - 6U * j)) & 63U] : '=';
  }
  return text;
}

/// Numbers with as many digits as a screen can show.
Json shortened(const std::vector<double>& values) {
  Json list = Json::array();
  for (const double value : values) list.push_back(std::stod(label_text(value)));
  return list;
}

/// The output time of a snapshot.
std::size_t instant(const std::vector<double>& times, double time) {
  const auto nearest = std::min_element(times.begin(), times.end(),
                                        [time](double a, double b) { return std::abs(a - time) < std::abs(b - time); });
  return static_cast<std::size_t>(nearest - times.begin());
}

Json range_json(double low, double high) {
  if (!(high > low)) high = low + (low != 0.0 ? std::abs(low) : 1.0);
  return {low, high};
}

/// Pixels of one frame between the first and the last position that is shown, as numbers from 0 to 255.
std::string pixels_of(const BoxImage& image, std::size_t snapshot, std::size_t begin, std::size_t end,
                      const ValueRange& range) {
  std::string pixels;
  for (std::size_t i = begin; i < end; ++i) {
    for (std::size_t j = 0; j < image.columns(); ++j) {
      const double part =
          range.high > range.low ? (image.at(snapshot, i, j) - range.low) / (range.high - range.low) : 0.0;
      pixels += static_cast<char>(static_cast<unsigned char>(std::lround(255.0 * std::clamp(part, 0.0, 1.0))));
    }
  }
  return pixels;
}

Json frames_of(const ResultData& result, const BoxImage& image, Json& shared) {
  const BoxProfiles density(result, "density");
  const bool diffusion = result.has("diffused_density") && density.scale() == BoxProfiles::Scale::absolute;
  const std::vector<double>& at = result["image_position"].values;
  const ValueRange window = density.window();
  const auto begin = static_cast<std::size_t>(std::lower_bound(at.begin(), at.end(), window.low) - at.begin());
  const auto end = static_cast<std::size_t>(std::upper_bound(at.begin(), at.end(), window.high) - at.begin());
  const ValueRange range = image.range();
  // A node is in the middle of its pixel.
  const double half = 0.5 * density.x().back() / static_cast<double>(at.size());
  shared["positions"] = end - begin;
  shared["x"] = {at[begin] - half, at[end - 1] + half};
  shared["w"] = range_json(range.low, range.high);
  shared["at"] = shortened(density.x());

  const std::size_t pixels = (end - begin) * image.columns();
  Json frames = Json::array();
  double low = HUGE_VAL, high = -HUGE_VAL;
  for (const std::size_t s : choose_snapshots(image.snapshots(), std::max<std::size_t>(2, most_pixels / pixels))) {
    const double time = result["snapshot_time"].values[s];
    const std::size_t t = instant(result["time"].values, time);
    const std::vector<double> here = density.at(t);
    const auto [lowest, highest] = std::minmax_element(here.begin(), here.end());
    low = std::min(low, *lowest);
    high = std::max(high, *highest);
    Json frame{{"time", time}, {"image", base64(pixels_of(image, s, begin, end, range))}, {"density", shortened(here)}};
    if (diffusion) frame["diffused"] = shortened(BoxProfiles(result, "diffused_density").at(t));
    frames.push_back(std::move(frame));
  }
  const double margin = 0.05 * (high - low);
  shared["rho"] = density.scale() == BoxProfiles::Scale::flat
                      ? range_json(density.mean() - std::abs(density.mean()), density.mean() + std::abs(density.mean()))
                      : range_json(low - margin, high + margin);
  return frames;
}

std::string plain(const std::string& symbol, const std::string& units) { return symbol + "  [" + units + "]"; }

}  // namespace

std::string animation(const ResultData& result) {
  if (result.command != "evolve") return {};
  if (!result.missing({"snapshot_time", "image", "image_position", "image_momentum", "density"}).empty()) return {};
  const BoxImage image(result);
  if (image.snapshots() < 2 || image.columns() < 2 || image.positions() < 2) return {};
  const double half = 0.5 * (image.momentum(1) - image.momentum(0));
  const BoxProfiles::Scale scale = BoxProfiles(result, "density").scale();
  Json data{{"columns", image.columns()},
            {"colours", image.is_difference() ? diverging_colours() : viridis_colours()},
            {"k", {image.momentum(0) - half, image.momentum(image.columns() - 1) + half}},
            {"labels",
             {{"x", plain("x", label_units(result["x"]))},
              {"k", plain(image.symbol(), image.units())},
              {"w", image.is_difference() ? "W − ⟨W⟩" : "W"},
              {"rho", scaled_label(scale, "ρ", label_units(result["density"]))}}}};
  data["frames"] = frames_of(result, image, data);
  return fill(section, {{"last", std::to_string(data["frames"].size() - 1)},
                        {"caption", escaped(image.meaning()) + ", and the density below, at the snapshots of the run."},
                        {"script", script},
                        {"data", data.dump()}});
}

}  // namespace nordheim::program
