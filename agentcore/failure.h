#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace handrail {

/// A stable failure code: a class letter, a number, sometimes a suffix ("T109", "T409i", "X000").
/// Codes stand in journals, tickets and the manual; they are never renamed.
using Code = std::string;

/// Whose doing a failure is.
enum class Fault { Ours, Theirs, Model, User };

/// What the catalogue knows of a code.
struct CodeInfo {
    Code code;
    std::string title;     ///< a few words, for a list: "read timed out"
    std::string sentence;  ///< a plain sentence, for the person who reads the ticket
    std::string nextStep;  ///< what that person can do now
    Fault fault = Fault::Ours;
};

/// Looks a code up. A code that is not listed gives the entry of X000 (with the asked code kept).
CodeInfo codeInfo(const Code& code);

/// Every code of the catalogue, in order; HTTP statuses stand as "T400" … "T599".
const std::vector<Code>& allCodes();

/// Something that went wrong, as a value. `message` is a plain sentence, `where` a place in a file,
/// a request or a store ("line 12, column 5: /tools/refund/effect"), `hint` the next step.
struct Failure {
    Code code;
    std::string message;
    std::string where;
    std::string hint;

    bool operator==(const Failure&) const = default;
};

/// A failure whose hint is the catalogue's next step, where none is given.
Failure failure(Code code, std::string message, std::string where = {}, std::string hint = {});

/// A value or the failure that took its place. Absence without failure is std::optional.
template <typename T>
class [[nodiscard]] Outcome {
public:
    Outcome(T value) : held_(std::in_place_index<0>, std::move(value)) {}
    Outcome(Failure failure) : held_(std::in_place_index<1>, std::move(failure)) {}

    bool ok() const { return held_.index() == 0; }
    explicit operator bool() const { return ok(); }
    T& value() & { return std::get<0>(held_); }
    const T& value() const& { return std::get<0>(held_); }
    T value() && { return std::move(std::get<0>(held_)); }  ///< by value: safe in a range-for over a call's result
    T take() { return std::move(std::get<0>(held_)); }
    const Failure& failure() const { return std::get<1>(held_); }
    T* operator->() { return &std::get<0>(held_); }
    const T* operator->() const { return &std::get<0>(held_); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T operator*() && { return std::move(*this).value(); }

private:
    std::variant<T, Failure> held_;
};

/// Success without a value.
struct Done {};

}  // namespace handrail
