// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace palimpsest {

/// What went wrong, as far as a caller must tell cases apart.
enum class ErrorKind {
    BadInput, ///< the user can mend it: recipe, data, weights, command line (exit code 2)
    Locked, ///< another process has the project open (exit code 2)
    Failed, ///< a stage or the machine failed: disk full, divergence (exit code 1)
    Canceled, ///< the stop token was set (exit code 130)
};

/// One clear sentence for the user: what was expected, what came, what to do.
struct Error {
    ErrorKind kind = ErrorKind::Failed;
    std::string message; ///< without a trailing full stop or newline
    std::string where; ///< file, file:line or object path; may be empty

    /// "where: message", or the message alone.
    [[nodiscard]] std::string text() const { return where.empty() ? message : where + ": " + message; }
};

[[nodiscard]] inline Error badInput(std::string message, std::string where = {})
{
    return { ErrorKind::BadInput, std::move(message), std::move(where) };
}
[[nodiscard]] inline Error failure(std::string message, std::string where = {})
{
    return { ErrorKind::Failed, std::move(message), std::move(where) };
}
[[nodiscard]] inline Error canceled()
{
    return { ErrorKind::Canceled, "canceled", {} };
}

/// A value, or the Error that explains why there is none (g++ 12 has no std::expected in C++20).
/// Bugs and broken machines throw; what a user can cause comes back as an Error.
template <class T> class [[nodiscard]] Result {
public:
    // NOLINTBEGIN(google-explicit-constructor): `return value;` and `return badInput(...);` are the point.
    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error)
        : m_state(std::in_place_index<1>, std::move(error))
    {
    }
    // NOLINTEND(google-explicit-constructor)

    [[nodiscard]] bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }

    /// The value. Throws std::bad_variant_access where there is none: check ok() first.
    [[nodiscard]] T& value() & { return std::get<0>(m_state); }
    [[nodiscard]] const T& value() const& { return std::get<0>(m_state); }
    [[nodiscard]] T&& value() && { return std::get<0>(std::move(m_state)); }
    [[nodiscard]] T& operator*() & { return value(); }
    [[nodiscard]] const T& operator*() const& { return value(); }
    [[nodiscard]] T&& operator*() && { return std::move(*this).value(); }
    [[nodiscard]] T* operator->() { return &value(); }
    [[nodiscard]] const T* operator->() const { return &value(); }

    [[nodiscard]] const Error& error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

/// Result of what has nothing to give back: Status s = save(); if (!s) return s.error();
using Status = Result<std::monostate>;
[[nodiscard]] inline Status success()
{
    return std::monostate {};
}

} // namespace palimpsest

// Leaves the calling function with the error of `expression`, else binds its value to `declaration`:
//     PALIMPSEST_TRY(const std::string text, readFile(path));
//     PALIMPSEST_CHECK(save(path));
#define PALIMPSEST_CONCAT_(a, b) a##b
#define PALIMPSEST_CONCAT(a, b) PALIMPSEST_CONCAT_(a, b)
#define PALIMPSEST_TRY(declaration, ...)                                                                     \
    auto PALIMPSEST_CONCAT(tryResult_, __LINE__) = (__VA_ARGS__);                                            \
    if (!PALIMPSEST_CONCAT(tryResult_, __LINE__).ok())                                                       \
        return PALIMPSEST_CONCAT(tryResult_, __LINE__).error();                                              \
    declaration = std::move(PALIMPSEST_CONCAT(tryResult_, __LINE__)).value()
#define PALIMPSEST_CHECK(...)                                                                                \
    do {                                                                                                     \
        if (auto checkResult_ = (__VA_ARGS__); !checkResult_.ok())                                           \
            return checkResult_.error();                                                                     \
    } while (false)
