// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/smooth_expression.hpp>

#include <muParser.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nordheim {

namespace {

/// @brief Symbols by number. muParser computes with doubles, so a formula is traced by giving it the numbers of symbols
/// and operators that look them up: its grammar stays the only one.
class Handles {
 public:
  double add(const Symbol& symbol) {
    symbols_.push_back(symbol);
    return static_cast<double>(symbols_.size() - 1);
  }
  [[nodiscard]] const Symbol& operator[](double handle) const { return symbols_[static_cast<std::size_t>(handle)]; }

 private:
  std::vector<Symbol> symbols_{};
};

/// Those of the formula that this thread traces: muParser's callbacks are plain functions.
thread_local Handles* handles = nullptr;

const Symbol& at(double handle) { return (*handles)[handle]; }
double keep(const Symbol& symbol) { return handles->add(symbol); }

double traced_sum(const double* values, int count) {
  Symbol sum;
  for (int i = 0; i < count; ++i) sum += at(values[i]);
  return keep(sum);
}
double traced_mean(const double* values, int count) {
  return keep(at(traced_sum(values, count)) / static_cast<double>(count));
}

/// A number at the beginning of the text becomes the handle of a constant.
int read_number(const char* text, int* position, double* handle) {
  const bool digit = *text >= '0' && *text <= '9';
  const bool fraction = *text == '.' && text[1] >= '0' && text[1] <= '9';
  if (!digit && !fraction) return 0;
  double number = 0.0;
  const std::string_view rest(text);
  const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  *position += static_cast<int>(read.ptr - rest.data());
  *handle = handles->add(number);
  return 1;
}

void define_functions(mu::Parser& parser) {
  // clang-format off: one a line
  parser.DefineFun(
      "sqrt", [](double a) { return keep(sqrt(at(a))); }, false);
  parser.DefineFun(
      "exp", [](double a) { return keep(exp(at(a))); }, false);
  parser.DefineFun(
      "log", [](double a) { return keep(log(at(a))); }, false);
  parser.DefineFun(
      "ln", [](double a) { return keep(log(at(a))); }, false);
  parser.DefineFun(
      "sin", [](double a) { return keep(sin(at(a))); }, false);
  parser.DefineFun(
      "cos", [](double a) { return keep(cos(at(a))); }, false);
  parser.DefineFun(
      "tan", [](double a) { return keep(tan(at(a))); }, false);
  parser.DefineFun(
      "asin", [](double a) { return keep(asin(at(a))); }, false);
  parser.DefineFun(
      "acos", [](double a) { return keep(acos(at(a))); }, false);
  parser.DefineFun(
      "atan", [](double a) { return keep(atan(at(a))); }, false);
  parser.DefineFun(
      "sinh", [](double a) { return keep(sinh(at(a))); }, false);
  parser.DefineFun(
      "cosh", [](double a) { return keep(cosh(at(a))); }, false);
  parser.DefineFun(
      "tanh", [](double a) { return keep(tanh(at(a))); }, false);
  parser.DefineFun(
      "asinh", [](double a) { return keep(asinh(at(a))); }, false);
  parser.DefineFun(
      "acosh", [](double a) { return keep(acosh(at(a))); }, false);
  parser.DefineFun(
      "atanh", [](double a) { return keep(atanh(at(a))); }, false);
  parser.DefineFun(
      "log2", [](double a) { return keep(log(at(a)) / std::numbers::ln2); }, false);
  parser.DefineFun(
      "log10", [](double a) { return keep(log(at(a)) / std::numbers::ln10); }, false);
  // clang-format on
  parser.DefineFun("sum", traced_sum, false);
  parser.DefineFun("avg", traced_mean, false);
}

/// With the precedences of muParser's own.
void define_operators(mu::Parser& parser) {
  parser.DefineOprt(
      "+", [](double a, double b) { return keep(at(a) + at(b)); }, mu::prADD_SUB);
  parser.DefineOprt(
      "-", [](double a, double b) { return keep(at(a) - at(b)); }, mu::prADD_SUB);
  parser.DefineOprt(
      "*", [](double a, double b) { return keep(at(a) * at(b)); }, mu::prMUL_DIV);
  parser.DefineOprt(
      "/", [](double a, double b) { return keep(at(a) / at(b)); }, mu::prMUL_DIV);
  parser.DefineOprt(
      "^", [](double a, double b) { return keep(pow(at(a), at(b))); }, mu::prPOW, mu::oaRIGHT);
  parser.DefineInfixOprt(
      "-", [](double a) { return keep(-at(a)); }, mu::prINFIX, false);
  parser.DefineInfixOprt(
      "+", [](double a) { return a; }, mu::prINFIX, false);
}

/// Why a word or sign of expressions cannot be in a smooth formula.
std::string_view reason(std::string_view word) {
  struct Entry {
    std::string_view word;
    std::string_view reason;
  };
  static constexpr std::string_view jumps = "jumps and is not smooth";
  static constexpr std::string_view kink =
      "has kinks and is not smooth; a square root of a square plus a small constant is";
  static constexpr std::string_view comparison = "is a comparison, which jumps and is not smooth";
  static constexpr std::string_view logic = "is a logical operator, which jumps and is not smooth";
  static constexpr std::array entries{Entry{"abs", kink},
                                      Entry{"min", kink},
                                      Entry{"max", kink},
                                      Entry{"sign", jumps},
                                      Entry{"rint", jumps},
                                      Entry{"floor", jumps},
                                      Entry{"ceil", jumps},
                                      Entry{"atan2", jumps},
                                      Entry{"==", comparison},
                                      Entry{"!=", comparison},
                                      Entry{"<=", comparison},
                                      Entry{">=", comparison},
                                      Entry{"<", comparison},
                                      Entry{">", comparison},
                                      Entry{"&&", logic},
                                      Entry{"||", logic},
                                      Entry{"?", "is a condition, which jumps and is not smooth"},
                                      Entry{"erf", "has no certain bounds here; tanh is similar and has"}};
  const auto found = std::find_if(entries.begin(), entries.end(), [word](const Entry& e) { return e.word == word; });
  return found != entries.end() ? found->reason : "is not known to be smooth";
}

/// The word or sign at a place of the formula.
std::string_view word_at(std::string_view formula, std::size_t position) {
  const auto is_letter = [](char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  const std::string_view rest = formula.substr(std::min(position, formula.size()));
  const auto letters = static_cast<std::size_t>(std::find_if_not(rest.begin(), rest.end(), is_letter) - rest.begin());
  if (letters > 0) return rest.substr(0, letters);
  const std::string_view two = rest.substr(0, 2);
  const bool long_sign = two == "==" || two == "!=" || two == "<=" || two == ">=" || two == "&&" || two == "||";
  return rest.substr(0, long_sign ? 2 : 1);
}

[[noreturn]] void refuse(const std::string& formula, std::size_t position) {
  const std::string_view word = word_at(formula, position);
  throw InvalidArgument("the formula \"" + formula + "\" cannot be differentiated at character " +
                        std::to_string(position + 1) + ": \"" + std::string(word) + "\" " + std::string(reason(word)));
}

/// Traces one formula; the symbols of its variables are given.
class Tracer {
 public:
  Tracer(const Expression& expression, const std::array<Symbol, 3>& k) : formula_(expression.formula()) {
    handles = &symbols_;
    parser_.ClearFun();
    parser_.ClearConst();
    parser_.ClearInfixOprt();
    parser_.ClearOprt();
    parser_.EnableBuiltInOprt(false);
    parser_.EnableOptimizer(false);
    parser_.AddValIdent(read_number);
    define_functions(parser_);
    define_operators(parser_);
    parser_.DefineConst("pi", symbols_.add(std::numbers::pi));
    parser_.DefineConst("e", symbols_.add(std::numbers::e));
    const auto& names = expression.variables();
    for (std::size_t j = 0; j < names.size(); ++j) {
      variables_[j] = symbols_.add(k[j]);
      parser_.DefineVar(names[j], &variables_[j]);
    }
  }
  // The parser holds the addresses of the variables.
  Tracer(const Tracer&) = delete;
  Tracer& operator=(const Tracer&) = delete;
  ~Tracer() { handles = nullptr; }

  Symbol run() {
    const std::size_t condition = formula_.find('?');  // muParser has no switch for this operator
    if (condition != std::string::npos) refuse(formula_, condition);
    try {
      parser_.SetExpr(formula_);
      return symbols_[parser_.Eval()];
    } catch (const mu::ParserError& error) {
      // The expression has been read before: what fails now is a word or sign that is missing here.
      refuse(formula_, static_cast<std::size_t>(std::max(0, error.GetPos())));
    }
  }

 private:
  const std::string& formula_;
  Handles symbols_{};
  std::array<double, 3> variables_{};
  mu::Parser parser_{};
};

}  // namespace

SmoothFunction smooth_function(const Expression& expression, int dimension) {
  if (expression.variables().size() > 3) {
    throw InvalidArgument("the formula \"" + expression.formula() + "\" has " +
                          std::to_string(expression.variables().size()) +
                          " variables, a smooth function has at most three");
  }
  return SmoothFunction(dimension,
                        [&expression](const std::array<Symbol, 3>& k) { return Tracer(expression, k).run(); });
}

}  // namespace nordheim
