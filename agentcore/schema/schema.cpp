#include "agentcore/schema/schema.h"

#include <algorithm>

#include "agentcore/schema/node.h"

namespace handrail::schema {

bool isBound(const Mismatch& mismatch)
{
    static constexpr std::string_view bounds[] = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength",
                                                  "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"};
    return std::find(std::begin(bounds), std::end(bounds), mismatch.keyword) != std::end(bounds);
}

struct Schema::Inside {
    Nodes nodes;
};

Schema::Schema() : inside_(std::make_unique<Inside>()) {}
Schema::~Schema() = default;

Outcome<std::shared_ptr<const Schema>> Schema::compile(const Json& document, const Library& library)
{
    auto nodes = compileNodes(document, library);
    if (!nodes) return nodes.failure();
    std::shared_ptr<Schema> compiled(new Schema);
    compiled->inside_->nodes = nodes.take();
    return std::shared_ptr<const Schema>(std::move(compiled));
}

std::vector<Mismatch> Schema::check(const Json& value, std::size_t most) const
{
    return checkNodes(inside_->nodes, value, std::max<std::size_t>(most, 1)).mismatches;
}

bool Schema::fits(const Json& value) const { return checkNodes(inside_->nodes, value, 0).fits; }

bool isWithin(const Json& value, int depth, std::size_t& count)
{
    if (count == 0) return false;
    --count;
    if (!value.is_structured()) return true;
    if (depth == 0) return false;
    return std::all_of(value.begin(), value.end(),
                       [&](const Json& item) { return isWithin(item, depth - 1, count); });
}

}  // namespace handrail::schema
