#pragma once

#include <string>
#include <string_view>

namespace handrail::schema {

/// A URI in two parts, as identifiers of schemas are compared.
struct SplitUri {
    std::string absolute;  ///< all before the "#"
    std::string fragment;  ///< percent-decoded; empty when there is none
};

/// RFC 3986 §5.2: what a reference means against a base. Never fails; nonsense stays nonsense.
std::string resolveUri(std::string_view base, std::string_view reference);

SplitUri splitUri(std::string_view uri);

}  // namespace handrail::schema
