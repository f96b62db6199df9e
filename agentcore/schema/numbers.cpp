#include "agentcore/schema/numbers.h"

#include <cmath>
#include <cstdint>

namespace handrail::schema {
namespace {

/// digits · 10^exponent, without a sign.
struct Decimal {
    std::uint64_t digits = 0;
    int exponent = 0;
};

/// Reads the shortest text of a number, which has at most 20 digits.
Decimal decimalOf(const Json& number)
{
    Decimal decimal;
    const std::string text = number.dump();
    bool behindPoint = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == 'e') {
            decimal.exponent += std::stoi(text.substr(i + 1));
            break;
        }
        if (c == '.') behindPoint = true;
        if (c < '0' || c > '9') continue;
        decimal.digits = decimal.digits * 10 + static_cast<std::uint64_t>(c - '0');
        if (behindPoint) --decimal.exponent;
    }
    while (decimal.digits != 0 && decimal.digits % 10 == 0) {
        decimal.digits /= 10;
        ++decimal.exponent;
    }
    return decimal;
}

__extension__ using Wide = unsigned __int128;

}  // namespace

bool isWhole(const Json& number)
{
    if (!number.is_number_float()) return number.is_number();
    const double value = number.get<double>();
    return std::isfinite(value) && value == std::floor(value);
}

bool isMultiple(const Json& number, const Json& of)
{
    const Decimal value = decimalOf(number);
    const Decimal step = decimalOf(of);
    if (value.digits == 0) return true;
    if (step.digits == 0) return false;
    Wide remainder = value.digits;
    Wide divisor = step.digits;
    for (int i = value.exponent; i < step.exponent; ++i) {
        divisor *= 10;
        if (divisor > remainder) return false;
    }
    remainder %= divisor;
    for (int i = step.exponent; i < value.exponent; ++i) remainder = remainder * 10 % divisor;
    return remainder == 0;
}

}  // namespace handrail::schema
