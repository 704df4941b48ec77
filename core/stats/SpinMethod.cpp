#include "core/stats/SpinMethod.h"

#include "core/base/Error.h"

#include <string>

namespace brainlike {

std::string_view nameOf(SpinMethod method) {
    switch (method) {
    case SpinMethod::AlexanderBloch:
        return "alexander-bloch";
    case SpinMethod::Vasa:
        return "vasa";
    case SpinMethod::Hungarian:
        return "hungarian";
    }
    return "";
}

SpinMethod spinMethodNamed(std::string_view name) {
    for (const SpinMethod method : {SpinMethod::AlexanderBloch, SpinMethod::Vasa, SpinMethod::Hungarian})
        if (nameOf(method) == name)
            return method;
    throw ValueError({.what = "There is no such method of spin test",
                      .expected = "alexander-bloch (vertices), vasa or hungarian (parcels)",
                      .found = std::string(name)});
}

} // namespace brainlike
