#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "agentcore/types.h"

/// Amounts as the definition writes them: non-negative decimals, as text ("1240.00") or as integers, of
/// up to 40 digits. Never a floating-point number.
namespace handrail::decide {

/// Below zero, zero or above, as `left` is less, the same or more; nullopt when one is no amount.
std::optional<int> compareDecimals(const Json& left, const Json& right);

/// The sum, with as many places as the longest part has ("5" and "0.10" are "5.10"); nullopt when a part
/// is no amount.
std::optional<std::string> sumOfDecimals(const std::vector<Json>& parts);

/// What so many tokens cost at a price for a million of them, to the last place; "0" where the price is no amount of
/// at most four digits before and six behind the point. What a service claims beyond a hundred million tokens is not counted.
std::string costOfTokens(const std::string& pricePerMillion, std::int64_t tokens);

/// "1,240.00"; the text as it is when it is no amount.
std::string groupedDecimal(const std::string& amount);

/// "1,240.00 EUR", from the roles amount and currency; empty without an amount.
std::string moneyText(const std::vector<Argument>& typed);

}  // namespace handrail::decide
