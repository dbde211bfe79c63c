// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/program.hpp"

#include <algorithm>
#include <cassert>

namespace nordheim::detail {

namespace {

bool fills(const Operation& operation, std::uint32_t slot) {
  return operation.out == slot || (has_two_values(operation.op) && operation.out + 1 == slot);
}

/// For every slot whether the result needs its value.
std::vector<bool> needed_slots(const std::vector<Operation>& operations, std::uint32_t result) {
  std::size_t slots = 0;
  for (const Operation& o : operations) slots = std::max<std::size_t>(slots, o.out + (has_two_values(o.op) ? 2U : 1U));
  std::vector<bool> needed(slots, false);
  needed[result] = true;
  for (std::size_t i = operations.size(); i-- > 0;) {
    const Operation& o = operations[i];
    const bool used = needed[o.out] || (has_two_values(o.op) && needed[o.out + 1]);
    if (!used || !has_operand(o.op)) continue;
    needed[o.a] = true;
    if (has_two_operands(o.op)) needed[o.b] = true;
  }
  return needed;
}

}  // namespace

Program::Program(int dimension, const std::vector<Operation>& operations, std::uint32_t result)
    : dimension_(dimension) {
  const std::vector<bool> needed = needed_slots(operations, result);
  std::vector<std::uint32_t> new_slot(needed.size(), 0);
  std::vector<std::uint8_t> depends(needed.size(), 0);  // by new slot
  for (Operation o : operations) {
    const bool pair = has_two_values(o.op);
    o.first_used = needed[o.out];
    o.second_used = pair && needed[o.out + 1];
    if (!o.first_used && !o.second_used) continue;
    new_slot[o.out] = static_cast<std::uint32_t>(slots_);
    if (pair) new_slot[o.out + 1] = static_cast<std::uint32_t>(slots_ + 1);
    o.out = static_cast<std::uint32_t>(slots_);
    if (o.op == Operator::variable) o.depends = static_cast<std::uint8_t>(1U << o.a);
    if (has_operand(o.op)) {
      o.a = new_slot[o.a];
      o.depends = depends[o.a];
    }
    if (has_two_operands(o.op)) {
      o.b = new_slot[o.b];
      o.depends = static_cast<std::uint8_t>(o.depends | depends[o.b]);
    }
    slots_ += pair ? 2 : 1;
    depends[o.out] = o.depends;
    if (pair) depends[o.out + 1] = o.depends;
    operations_.push_back(o);
  }
  result_ = new_slot[result];
  for (const Operation& o : operations_) {
    for (std::size_t j = 0; j < 3; ++j) (((o.depends >> j) & 1U) != 0 ? along_ : beside_)[j].push_back(o);
  }
}

const Operation& Program::maker(std::uint32_t slot) const {
  const auto found =
      std::find_if(operations_.begin(), operations_.end(), [slot](const Operation& o) { return fills(o, slot); });
  assert(found != operations_.end());
  return *found;
}

}  // namespace nordheim::detail
