#pragma once

#include <algorithm>
#include <unordered_set>
#include <vector>

namespace handrail::models {

/// Turns the rows of a model into new ones by the fewest announced changes, so that a view keeps its
/// selection and place: first what is gone, then what moved or came, then what changed in itself.
/// `Model` gives beginRemove/endRemove(first, last), beginInsert/endInsert, beginMove/endMove(from, to)
/// and changed(row). `idOf` names a row; ids are unique within one list.
template <typename Row, typename Model, typename IdOf>
void mergeRows(std::vector<Row>& rows, std::vector<Row> wanted, Model& model, IdOf idOf)
{
    using Id = std::decay_t<decltype(idOf(wanted.front()))>;
    std::unordered_set<Id> stays;
    for (const auto& row : wanted) stays.insert(idOf(row));
    for (auto last = static_cast<int>(rows.size()) - 1; last >= 0; --last) {
        if (stays.count(idOf(rows[static_cast<std::size_t>(last)])) > 0) continue;
        int first = last;
        while (first > 0 && stays.count(idOf(rows[static_cast<std::size_t>(first - 1)])) == 0) --first;
        model.beginRemove(first, last);
        rows.erase(rows.begin() + first, rows.begin() + last + 1);
        model.endRemove();
        last = first;
    }
    std::unordered_set<Id> known;
    for (const auto& row : rows) known.insert(idOf(row));
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto id = idOf(wanted[i]);
        if (known.count(id) == 0) {
            std::size_t end = i;
            while (end < wanted.size() && known.count(idOf(wanted[end])) == 0) ++end;
            model.beginInsert(static_cast<int>(i), static_cast<int>(end) - 1);
            rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(i), wanted.begin() + static_cast<std::ptrdiff_t>(i),
                        wanted.begin() + static_cast<std::ptrdiff_t>(end));
            model.endInsert();
            i = end - 1;
            continue;
        }
        if (idOf(rows[i]) != id) {
            const auto found = std::find_if(rows.begin() + static_cast<std::ptrdiff_t>(i), rows.end(),
                                            [&](const Row& row) { return idOf(row) == id; });
            model.beginMove(static_cast<int>(found - rows.begin()), static_cast<int>(i));
            std::rotate(rows.begin() + static_cast<std::ptrdiff_t>(i), found, found + 1);
            model.endMove();
        }
        if (rows[i] == wanted[i]) continue;
        rows[i] = std::move(wanted[i]);
        model.changed(static_cast<int>(i));
    }
}

}  // namespace handrail::models
