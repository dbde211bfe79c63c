// SPDX-License-Identifier: GPL-3.0-or-later
#include "case/microscopic_section.hpp"

#include "case/toml_text.hpp"

namespace nordheim::program {

namespace {

/// A vector with as many components as k has.
std::vector<double> read_vector(Section& section, const char* key, int dimension) {
  const auto components = static_cast<std::size_t>(dimension);
  std::vector<double> values = section.numbers(key, any_number);
  // A dimension of 0 is one that has been refused already.
  if (components != 0 && !values.empty() && values.size() != components) {
    section.mistake(key, section.full(key) + " needs as many components as k has (found " +
                             std::to_string(values.size()) + ", allowed " + std::to_string(components) + ")");
  }
  return values;
}

std::vector<PacketCase> read_packets(Section& section, int dimension, bool superposition) {
  std::vector<PacketCase> packets;
  for (Section& entry : section.tables("packets")) {
    PacketCase packet;
    packet.centre = read_vector(entry, "centre", dimension);
    packet.momentum = read_vector(entry, "momentum", dimension);
    packet.width = entry.number("width", positive);
    packet.particles = entry.number("particles", positive, packet.particles);
    packet.phase = entry.number("phase", any_number, packet.phase);
    if (!superposition && entry.has("phase")) {
      entry.mistake("phase", entry.full("phase") + " means nothing in a mixture (allowed in a superposition)");
    }
    packets.push_back(std::move(packet));
    entry.close();
  }
  return packets;
}

std::string array_text(const std::vector<double>& values) {
  std::string text;
  for (const double value : values) text.append(text.empty() ? "" : ", ").append(toml_number(value));
  return "[" + text + "]";
}

}  // namespace

MicroscopicCase read_microscopic(Section section, const MomentumCase& momentum,
                                 const std::filesystem::path& directory) {
  MicroscopicCase state;
  const bool packets = section.has("packets"), file = section.has("file");
  if (packets == file && section.present()) {
    section.mistake("", "initial.microscopic must have exactly one of the keys packets and file (found " +
                            std::string(packets ? "both" : "none") + ")");
  }
  state.state = section.word("state", {{"superposition", "mixture"}}, state.state).value_or(state.state);
  if (packets) {
    state.packets = read_packets(section, momentum.dimension, state.state == "superposition");
  } else if (section.has("state")) {
    section.mistake("state", section.full("state") + " is for packets; a file says itself what it holds");
  }
  if (file) state.file = section.file("file", "a file with R or psi", directory);
  section.value("packets");
  section.value("file");
  state.spacing = section.number("spacing", positive, state.spacing);
  state.function = section.word("function", {{"wigner", "husimi"}}, state.function).value_or(state.function);
  state.smoothing = section.number_or("auto", "smoothing", positive);
  if (state.smoothing && state.function != "husimi") {
    section.mistake("smoothing", section.full("smoothing") + " is for function = \"husimi\" (found \"wigner\")");
  }
  section.close();
  return state;
}

std::string microscopic_toml(const MicroscopicCase& state) {
  std::string text = "{ spacing = " + toml_number(state.spacing) + ", function = " + toml_text(state.function);
  if (state.smoothing) text.append(", smoothing = ").append(toml_number(*state.smoothing));
  if (state.packets.empty()) return text + ", file = " + toml_text(state.file.string()) + " }";
  std::string list;
  for (const PacketCase& packet : state.packets) {
    list.append(list.empty() ? "{ centre = " : ", { centre = ").append(array_text(packet.centre));
    list.append(", momentum = ").append(array_text(packet.momentum));
    list.append(", width = ").append(toml_number(packet.width));
    list.append(", particles = ").append(toml_number(packet.particles));
    if (packet.phase != 0.0) list.append(", phase = ").append(toml_number(packet.phase));
    list.append(" }");
  }
  return text + ", state = " + toml_text(state.state) + ", packets = [" + list + "] }";
}

}  // namespace nordheim::program
