#pragma once

#include <algorithm>
#include <iterator>
#include <unordered_set>
#include <vector>

#include <QAbstractItemModel>

namespace handrail::models {

/// Announces the changes of one model's rows; the model makes it a friend.
template <typename Model>
struct RowChanges {
    Model& model;
    void beginRemove(int first, int last) { model.beginRemoveRows({}, first, last); }
    void endRemove() { model.endRemoveRows(); }
    void beginInsert(int first, int last) { model.beginInsertRows({}, first, last); }
    void endInsert() { model.endInsertRows(); }
    void beginMove(int from, int to) { model.beginMoveRows({}, from, from, {}, to); }
    void endMove() { model.endMoveRows(); }
    void changed(int row) { Q_EMIT model.dataChanged(model.index(row, 0), model.index(row, static_cast<const QAbstractItemModel&>(model).columnCount({}) - 1)); }
};

/// Rows that only ever grow: those beyond the ones that are there are announced as added, so that a view keeps
/// its place. Where the new rows do not go on from the old ones, all are replaced.
template <typename Row, typename Model>
void growRows(std::vector<Row>& rows, std::vector<Row> wanted, bool goesOn, RowChanges<Model> model)
{
    if (!goesOn && !rows.empty()) {
        model.beginRemove(0, static_cast<int>(rows.size()) - 1);
        rows.clear();
        model.endRemove();
    }
    if (wanted.size() == rows.size()) return;
    model.beginInsert(static_cast<int>(rows.size()), static_cast<int>(wanted.size()) - 1);
    rows = std::move(wanted);
    model.endInsert();
}

/// Turns the rows of a model into new ones by the fewest announced changes, so that a view keeps its
/// selection and place: what changed where it stands, what is gone, what moved or came.
/// `idOf` names a row; ids are unique within one list.
template <typename Row, typename Model, typename IdOf>
void mergeRows(std::vector<Row>& rows, std::vector<Row> wanted, RowChanges<Model> model, IdOf idOf)
{
    using Id = std::decay_t<decltype(idOf(wanted.front()))>;
    const auto renew = [&](std::size_t i) {
        if (rows[i] == wanted[i]) return;
        rows[i] = std::move(wanted[i]);
        model.changed(static_cast<int>(i));
    };
    // A list mostly grows at its end: what stands in its place already is only compared.
    std::size_t same = 0;
    for (; same < rows.size() && same < wanted.size() && idOf(rows[same]) == idOf(wanted[same]); ++same) renew(same);
    const auto begin = static_cast<int>(same);
    std::unordered_set<Id> stays;
    for (auto i = same; i < wanted.size(); ++i) stays.insert(idOf(wanted[i]));
    for (auto last = static_cast<int>(rows.size()) - 1; last >= begin; --last) {
        if (stays.count(idOf(rows[static_cast<std::size_t>(last)])) > 0) continue;
        int first = last;
        while (first > begin && stays.count(idOf(rows[static_cast<std::size_t>(first - 1)])) == 0) --first;
        model.beginRemove(first, last);
        rows.erase(rows.begin() + first, rows.begin() + last + 1);
        model.endRemove();
        last = first;
    }
    std::unordered_set<Id> known;
    for (auto i = same; i < rows.size(); ++i) known.insert(idOf(rows[i]));
    for (auto i = same; i < wanted.size(); ++i) {
        const auto id = idOf(wanted[i]);
        if (known.count(id) == 0) {
            std::size_t end = i;
            while (end < wanted.size() && known.count(idOf(wanted[end])) == 0) ++end;
            model.beginInsert(static_cast<int>(i), static_cast<int>(end) - 1);
            rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(i), std::make_move_iterator(wanted.begin() + static_cast<std::ptrdiff_t>(i)),
                        std::make_move_iterator(wanted.begin() + static_cast<std::ptrdiff_t>(end)));
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
        renew(i);
    }
}

}  // namespace handrail::models
