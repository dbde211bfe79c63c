// SPDX-License-Identifier: GPL-3.0-or-later
#include <nordheim/core/error.hpp>
#include <nordheim/io/expression.hpp>
#include <nordheim/io/nearest_word.hpp>

#include <muParser.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <numbers>
#include <string_view>
#include <utility>

namespace nordheim {

namespace {

/// What muParser can hold.
constexpr std::size_t longest_formula = 5000;

[[noreturn]] void refuse(const std::string& formula, std::size_t position, const std::string& why) {
  constexpr std::size_t shown = 200;
  std::string text = formula.size() <= shown ? formula : formula.substr(0, shown) + "...";
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c >= 0 && c < ' '; }, ' ');
  throw InvalidArgument("the formula \"" + text + "\" is wrong at character " + std::to_string(position + 1) + ": " +
                        why);
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

bool is_comparison(std::string_view two) { return two == "==" || two == "!=" || two == "<=" || two == ">="; }

/// What muParser would accept, but a formula must not contain.
void check_characters(const std::string& formula) {
  if (formula.size() > longest_formula) {
    refuse(formula, longest_formula, "longer than " + std::to_string(longest_formula) + " characters");
  }
  for (std::size_t i = 0; i < formula.size(); ++i) {
    const char c = formula[i];
    const bool white = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!white && (c < ' ' || c > '~'))
      refuse(formula, i, "only ASCII characters are allowed (write pi, omega, *, ^2)");
    if (c == '"') refuse(formula, i, "texts are not allowed, only numbers");
    if (is_comparison(std::string_view(formula).substr(i, 2))) {
      ++i;
    } else if (c == '=') {
      refuse(formula, i, "assignments are not allowed (== compares)");
    }
  }
}

mu::Parser make_parser() {
  mu::Parser parser;
  parser.ClearConst();
  parser.DefineConst("pi", std::numbers::pi);
  parser.DefineConst("e", std::numbers::e);
  parser.DefineFun("floor", [](double x) { return std::floor(x); });
  parser.DefineFun("ceil", [](double x) { return std::ceil(x); });
  parser.DefineFun("erf", [](double x) { return std::erf(x); });
  return parser;
}

std::string unknown_name(const mu::Parser& parser, const std::string& token,
                         const std::vector<std::string>& variables) {
  std::vector<std::string> known = variables;
  known.insert(known.end(), {"pi", "e"});
  std::vector<std::string> functions;
  for (const auto& entry : parser.GetFunDef()) functions.push_back(entry.first);
  std::string text = "unknown name \"" + token + "\"";
  std::vector<std::string> all = known;
  all.insert(all.end(), functions.begin(), functions.end());
  if (const auto nearest = nearest_word(token, all)) text += ", did you mean " + *nearest + "?";
  return text + " (known names: " + joined(known) + "; functions: " + joined(functions) + ")";
}

std::string explanation(const mu::Parser& parser, const mu::ParserError& error,
                        const std::vector<std::string>& variables) {
  const std::string& token = error.GetToken();
  switch (error.GetCode()) {
    case mu::ecUNASSIGNABLE_TOKEN: {
      const auto is_name_character = [](char c) {
        return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      };
      const auto end = std::find_if_not(token.begin(), token.end(), is_name_character);
      if (end == token.begin()) return "unexpected \"" + token + "\"";
      return unknown_name(parser, std::string(token.begin(), end), variables);
    }
    case mu::ecUNEXPECTED_EOF:
    case mu::ecEMPTY_EXPRESSION:
      return "it ends where a number, a name or a bracket is needed";
    case mu::ecMISSING_PARENS:
      return "a closing bracket is missing";
    case mu::ecUNEXPECTED_PARENS:
      return "a bracket with no partner or in the wrong place";
    case mu::ecTOO_MANY_PARAMS:
      return "too many arguments for the function " + token;
    case mu::ecTOO_FEW_PARAMS:
      return "too few arguments for the function " + token;
    case mu::ecUNEXPECTED_VAR:
    case mu::ecUNEXPECTED_VAL:
    case mu::ecUNEXPECTED_FUN:
    case mu::ecUNEXPECTED_OPERATOR:
    case mu::ecUNEXPECTED_ARG_SEP:
      return "unexpected \"" + token + "\" (an operator such as * may be missing)";
    default:
      return error.GetMsg();
  }
}

/// One parser with the variables it reads; good for one thread at a time.
class Evaluator {
 public:
  Evaluator(const std::string& formula, const std::vector<std::string>& variables)
      : parser_(make_parser()), values_(variables.size(), 0.0) {
    try {
      for (std::size_t i = 0; i < variables.size(); ++i) parser_.DefineVar(variables[i], &values_[i]);
      parser_.SetExpr(formula);
      int results = 0;
      parser_.Eval(results);  // muParser reads the formula only when it evaluates it
      if (results != 1)
        refuse(formula, formula.find(','), "it must have one result (found several, separated by commas)");
    } catch (const mu::ParserError& error) {
      const auto position = static_cast<std::size_t>(std::max(0, error.GetPos()));
      refuse(formula, std::min(position, formula.size()), explanation(parser_, error, variables));
    }
  }
  // The parser holds the addresses of the values.
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;
  ~Evaluator() = default;

  double operator()(std::span<const double> values) {
    std::copy(values.begin(), values.end(), values_.begin());
    return parser_.Eval();
  }

 private:
  mu::Parser parser_;
  std::vector<double> values_;
};

}  // namespace

struct Expression::Impl {
  const std::string formula;
  const std::vector<std::string> variables;
  std::mutex mutex{};
  std::vector<std::unique_ptr<Evaluator>> idle{};

  Impl(std::string text, std::vector<std::string> names) : formula(std::move(text)), variables(std::move(names)) {}

  std::unique_ptr<Evaluator> take() {
    {
      const std::lock_guard lock(mutex);
      if (!idle.empty()) {
        auto evaluator = std::move(idle.back());
        idle.pop_back();
        return evaluator;
      }
    }
    return std::make_unique<Evaluator>(formula, variables);
  }

  void give_back(std::unique_ptr<Evaluator> evaluator) {
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(evaluator));
  }
};

Expression::Expression(std::string formula, std::vector<std::string> variables) {
  check_characters(formula);
  impl_ = std::make_shared<Impl>(std::move(formula), std::move(variables));
  impl_->give_back(impl_->take());
}

double Expression::operator()(std::span<const double> values) const {
  if (values.size() != impl_->variables.size()) {
    throw InvalidArgument("the formula \"" + impl_->formula + "\" needs one value for each of its variables " +
                          joined(impl_->variables) + ", found " + std::to_string(values.size()) + " values");
  }
  auto evaluator = impl_->take();
  const double result = (*evaluator)(values);
  impl_->give_back(std::move(evaluator));
  return result;
}

const std::string& Expression::formula() const noexcept { return impl_->formula; }
const std::vector<std::string>& Expression::variables() const noexcept { return impl_->variables; }

}  // namespace nordheim
