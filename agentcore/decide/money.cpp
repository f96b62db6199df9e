#include "agentcore/decide/money.h"

#include <algorithm>

namespace handrail::decide {
namespace {

struct Decimal {
    std::string whole;
    std::string fraction;
};

std::optional<Decimal> decimal(const Json& value)
{
    std::string text;
    if (value.is_string()) text = value.get<std::string>();
    else if (value.is_number_integer()) text = value.dump();
    else return std::nullopt;
    const auto dot = text.find('.');
    Decimal parts{text.substr(0, dot), dot == std::string::npos ? "" : text.substr(dot + 1)};
    const auto isDigits = [](const std::string& digits) {
        return digits.find_first_not_of("0123456789") == std::string::npos;
    };
    const bool fractionGiven = dot != std::string::npos;
    if (parts.whole.empty() || !isDigits(parts.whole) || !isDigits(parts.fraction) ||
        (fractionGiven && parts.fraction.empty()) || text.size() > 40) {
        return std::nullopt;
    }
    parts.whole.erase(0, std::min(parts.whole.find_first_not_of('0'), parts.whole.size() - 1));
    return parts;
}

/// Adds two rows of digits of the same length, from their ends.
std::string sumOfDigits(const std::string& left, const std::string& right)
{
    std::string sum(left.size(), '0');
    int carry = 0;
    for (std::size_t i = left.size(); i-- > 0;) {
        const int digit = (left[i] - '0') + (right[i] - '0') + carry;
        sum[i] = static_cast<char>('0' + digit % 10);
        carry = digit / 10;
    }
    return carry ? "1" + sum : sum;
}

Decimal sumOf(Decimal left, Decimal right)
{
    const auto places = std::max(left.fraction.size(), right.fraction.size());
    left.fraction.resize(places, '0');
    right.fraction.resize(places, '0');
    const auto width = std::max(left.whole.size(), right.whole.size());
    left.whole.insert(0, width - left.whole.size(), '0');
    right.whole.insert(0, width - right.whole.size(), '0');
    const std::string sum = sumOfDigits(left.whole + left.fraction, right.whole + right.fraction);
    return {sum.substr(0, sum.size() - places), sum.substr(sum.size() - places)};
}

}  // namespace

std::optional<int> compareDecimals(const Json& left, const Json& right)
{
    const auto a = decimal(left);
    const auto b = decimal(right);
    if (!a || !b) return std::nullopt;
    if (a->whole.size() != b->whole.size()) return a->whole.size() < b->whole.size() ? -1 : 1;
    if (const int order = a->whole.compare(b->whole); order != 0) return order < 0 ? -1 : 1;
    std::string x = a->fraction;
    std::string y = b->fraction;
    const auto width = std::max(x.size(), y.size());
    x.resize(width, '0');
    y.resize(width, '0');
    const int order = x.compare(y);
    return order == 0 ? 0 : (order < 0 ? -1 : 1);
}

std::optional<std::string> sumOfDecimals(const std::vector<Json>& parts)
{
    Decimal sum{"0", ""};
    for (const auto& part : parts) {
        auto next = decimal(part);
        if (!next) return std::nullopt;
        sum = sumOf(std::move(sum), std::move(*next));
    }
    return sum.whole + (sum.fraction.empty() ? "" : "." + sum.fraction);
}

std::string costOfTokens(const std::string& pricePerMillion, std::int64_t tokens)
{
    constexpr std::size_t places = 6;
    constexpr std::int64_t mostTokens = 100'000'000;
    const auto price = decimal(Json(pricePerMillion));
    if (!price || price->whole.size() > 4 || price->fraction.size() > places) return "0";
    std::string millionths = price->whole + price->fraction;
    millionths.append(places - price->fraction.size(), '0');
    // Millionths of the price for a million: each is 10^-12 of the currency for one token, and 10^18 of them fit.
    std::string digits = std::to_string(std::stoll(millionths) * std::clamp<std::int64_t>(tokens, 0, mostTokens));
    if (digits.size() <= 2 * places) digits.insert(0, 2 * places + 1 - digits.size(), '0');
    digits.insert(digits.size() - 2 * places, 1, '.');
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
    return digits;
}

std::string groupedDecimal(const std::string& amount)
{
    if (!decimal(Json(amount))) return amount;
    std::string text = amount;
    const auto whole = std::min(text.find('.'), text.size());
    for (auto i = static_cast<std::ptrdiff_t>(whole) - 3; i > 0; i -= 3) text.insert(static_cast<std::size_t>(i), ",");
    return text;
}

std::string moneyText(const std::vector<Argument>& typed)
{
    std::string amount;
    std::string currency;
    for (const auto& argument : typed) {
        if (argument.role == "amount" && decimal(argument.value)) {
            amount = argument.value.is_string() ? argument.value.get<std::string>() : argument.value.dump();
        }
        if (argument.role == "currency" && argument.value.is_string()) currency = argument.value.get<std::string>();
    }
    if (amount.empty()) return {};
    return groupedDecimal(amount) + (currency.empty() ? "" : " " + currency);
}

}  // namespace handrail::decide
