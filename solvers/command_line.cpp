// SPDX-License-Identifier: GPL-3.0-or-later
#include "command_line.hpp"

#include <nordheim/core/error.hpp>
#include <nordheim/core/ranks.hpp>
#include <nordheim/core/version.hpp>
#include <nordheim/io/nearest_word.hpp>

#include "commands/command.hpp"
#include "run/interrupt.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <exception>
#include <functional>
#include <iostream>
#include <new>
#include <sstream>
#include <string>

namespace nordheim::program {

namespace {

constexpr int failed = 1, bad_input = 2;

/// "0.25,0,-0.5" as the components of a momentum.
std::vector<double> parse_momentum(const std::string& text) {
  std::vector<double> k;
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  while (true) {
    double value = 0.0;
    const auto [rest, error] = std::from_chars(at, end, value);
    if (k.size() == 3 || error != std::errc() || !std::isfinite(value) || (rest != end && *rest != ',')) {
      throw InvalidArgument("--at " + text +
                            ": a momentum is one to three numbers with commas, as in --at 0.25,0,-0.5");
    }
    k.push_back(value);
    if (rest == end) return k;
    at = rest + 1;
  }
}

/// @throws InvalidArgument if the first argument is meant as a command and is none
void check_command(const CLI::App& app, int argc, char* argv[]) {
  if (argc < 2 || argv[1][0] == '-') return;
  std::vector<std::string> known;
  for (const CLI::App* command : app.get_subcommands({})) known.push_back(command->get_name());
  if (std::find(known.begin(), known.end(), argv[1]) != known.end()) return;
  const auto near = nearest_word(argv[1], known);
  throw InvalidArgument("unknown command \"" + std::string(argv[1]) + "\"" +
                        (near ? ", did you mean " + *near + "?" : "") +
                        "; the commands are collide, relax, evolve, diffusion, transport, estimate and plot");
}

/// Options that every command with a case file has.
void add_case_options(CLI::App& command, RunOptions& options) {
  command.add_option("CASE", options.case_file, "case file (TOML), see docs/case_file.md")->required();
  command.add_option("--set", options.overrides, "override or add a key: --set momentum.points=32")
      ->type_name("SECTION.KEY=VALUE")
      ->take_all();
  command.add_option("--threads", options.threads, "threads to use (default: all)")
      ->type_name("N")
      ->check(CLI::Range(1, 4096));
  command.add_flag("--json", options.json, "print one JSON object on the standard output, and nothing else there");
  command.add_flag("--quiet", options.quiet, "no progress, no table");
}

void add_output_option(CLI::App& command, RunOptions& options, const char* default_name) {
  command
      .add_option("--output", options.output, std::string("directory for the results (default: ") + default_name + ")")
      ->type_name("DIR");
}

void add_restart_option(CLI::App& command, RunOptions& options) {
  command
      .add_option("--restart", options.restart,
                  "go on from the checkpoint in this directory, with the same case (only the end, the output times and "
                  "the checkpoints may change)")
      ->type_name("DIR");
}

/// What to say of an error that ends the program, and with what code.
struct End {
  int code;
  std::string sentence;
};

End end_by(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const InvalidArgument& exception) {
    return {bad_input, exception.what()};
  } catch (const std::bad_alloc&) {
    return {bad_input, "there is not enough memory; use fewer points"};
  } catch (const std::exception& exception) {
    return {failed, exception.what()};
  }
}

/// One rank speaks for all, unless it alone knows of an error: then the others would wait for it.
int guarded(const Ranks& ranks, const std::function<void()>& command) {
  try {
    command();
    return 0;
  } catch (...) {
    const std::exception_ptr error = std::current_exception();
    const End end = end_by(error);
    const bool alone = ranks.size() == 1, agreed = Ranks::is_agreed(error);
    if (alone || !agreed || ranks.is_first()) std::cerr << "nordheim: " << end.sentence << '\n';
    if (!alone && !agreed) ranks.abort(end.code);
    return end.code;
  }
}

/// @throws InvalidArgument if several processes are to run a command for one
void check_ranks(const CLI::App& app, const Ranks& ranks) {
  const std::string command = app.get_subcommands().front()->get_name();
  if (ranks.size() == 1 || command == "evolve") return;
  throw InvalidArgument(command + " runs in one process (found " + std::to_string(ranks.size()) +
                        "); only evolve shares its work, so start it without mpirun");
}

}  // namespace

int run(int argc, char* argv[]) {
  Ranks ranks;
  if (const int code = guarded(ranks, [&] { ranks = Ranks::world(); }); code != 0) return code;
  CLI::App app{
      "nordheim computes what quantum kinetic equations predict: how the momentum distribution of lattice bosons, "
      "fermions or classical particles relaxes by two-body collisions, how electrons diffuse among impurities, how "
      "states move and spread in space, and how viscous quantum gases are.",
      "nordheim"};
  app.set_version_flag("--version",
                       std::string("nordheim " NORDHEIM_VERSION) + (Ranks::is_built_in() ? " with MPI" : ""));
  app.require_subcommand(1);
  app.footer(
      "First steps:\n"
      "  nordheim estimate examples/fermions_3d.toml     memory and time, before anything is run\n"
      "  nordheim relax examples/fermions_3d.toml        run to equilibrium, results in fermions_3d/\n"
      "  nordheim plot fermions_3d                       figures and fermions_3d/index.html\n"
      "  nordheim relax CASE.toml --set momentum.points=32 --set collision.statistics=boson\n"
      "  nordheim evolve examples/packet_2d.toml         a packet spreads among impurities, results in packet_2d/\n"
      "  nordheim diffusion examples/anderson_3d.toml    D_kin(E) among impurities, results in anderson_3d/\n"
      "  nordheim transport examples/hard_spheres.toml   viscosity and heat conductivity, results in hard_spheres/\n\n"
      "Exit code: 0 success, 1 the computation failed, 2 bad input.\n"
      "`nordheim COMMAND --help` says more about a command, docs/case_file.md about case files.");

  RunOptions options;
  options.ranks = ranks;
  std::vector<std::string> at;
  std::filesystem::path result;

  CLI::App* const collide_command = app.add_subcommand("collide", "the collision term C(W) of the initial state");
  add_case_options(*collide_command, options);
  add_output_option(*collide_command, options, "CASE-collide");
  collide_command
      ->add_option("--at", at, "momentum at which to print W and C; any point, interpolated; may be repeated")
      ->type_name("KX[,KY[,KZ]]")
      ->take_all();
  collide_command->footer("Example: nordheim collide examples/bosons_2d.toml --at 0,0 --at 0.25,0.125 --json");

  CLI::App* const relax_command = app.add_subcommand("relax", "evolution to a time or to equilibrium");
  add_case_options(*relax_command, options);
  add_output_option(*relax_command, options, "CASE");
  add_restart_option(*relax_command, options);
  relax_command->footer(
      "Ctrl-C stops a run; what was checkpointed (output.checkpoint) remains, nothing else is written then.\n"
      "Example: nordheim relax examples/fermions_3d.toml --set time.until_equilibrium=1e-8 --output run1");

  CLI::App* const evolve_command =
      app.add_subcommand("evolve", "evolution of W(r, k, t) in a periodic box, from kinetic to diffusive times");
  add_case_options(*evolve_command, options);
  add_output_option(*evolve_command, options, "CASE");
  add_restart_option(*evolve_command, options);
  evolve_command->footer(
      "The case has a section [space]; the state may come from waves or a density matrix, [initial.microscopic].\n"
      "Ctrl-C stops a run; what was checkpointed remains.\n"
      "Several processes share a box where nordheim was built with MPI: mpirun -n 4 nordheim evolve CASE.toml\n"
      "Examples: nordheim evolve examples/packet_2d.toml --output packet\n"
      "          nordheim evolve examples/wave_packet.toml --set initial.microscopic.state=mixture");

  CLI::App* const diffusion_command =
      app.add_subcommand("diffusion", "diffusion coefficient D_kin(E) of elastic scattering");
  add_case_options(*diffusion_command, options);
  add_output_option(*diffusion_command, options, "CASE");
  diffusion_command->footer(
      "Exit code 1 if an energy stays above the tolerance; the results are written and say which, and how exact.\n"
      "Example: nordheim diffusion examples/anderson_3d.toml --set 'diffusion.energies=[0.5, 3]' --json");

  CLI::App* const transport_command = app.add_subcommand("transport",
                                                         "viscosity and heat conductivity of gases and phonons, "
                                                         "coupled diffusion in lattice gases, mobility of an electron "
                                                         "in a phonon bath");
  add_case_options(*transport_command, options);
  add_output_option(*transport_command, options, "CASE");
  transport_command->footer(
      "Exit code 1 if a coefficient stays above the tolerance; the results are written and say which, and how exact.\n"
      "Example: nordheim transport examples/viscosity_bosons.toml --set 'transport.fugacity=[0.1, 0.9]' --json");

  CLI::App* const estimate_command = app.add_subcommand("estimate", "memory and time of a case before it is run");
  add_case_options(*estimate_command, options);

  CLI::App* const plot_command =
      app.add_subcommand("plot", "figures (SVG, PNG) and one HTML page from a directory of results");
  plot_command->add_option("DIR", result, "directory that relax, collide, evolve, diffusion or transport has written")
      ->required();
  plot_command->add_flag("--quiet", options.quiet, "print nothing");
  plot_command->footer(
      "Each figure is drawn by gnuplot from figures/NAME.gp and NAME.dat: edit the script, then run gnuplot NAME.gp "
      "there.\n"
      "Example: nordheim plot fermions_3d");

  const int wrong_command = guarded(ranks, [&] { ranks.together([&] { check_command(app, argc, argv); }); });
  if (wrong_command != 0) return wrong_command;
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::ostringstream unheard;
    const int code = ranks.is_first() ? app.exit(error) : app.exit(error, unheard, unheard);
    return code == 0 ? 0 : bad_input;  // 0 for --help and --version
  }
  // Where nobody asks whether to stop, a signal ends the program at once.
  if (*relax_command || *evolve_command || *diffusion_command || *transport_command || *plot_command)
    catch_interrupts();
  return guarded(ranks, [&] {
    ranks.together([&] { check_ranks(app, ranks); });
    for (const std::string& text : at) options.at.push_back(parse_momentum(text));
    if (*collide_command) collide(options);
    if (*relax_command) relax(options);
    if (*evolve_command) evolve(options);
    if (*diffusion_command) diffusion(options);
    if (*transport_command) transport(options);
    if (*estimate_command) estimate(options);
    if (*plot_command) plot(result, options.quiet);
  });
}

}  // namespace nordheim::program
