#include "tests/support/TestFiles.h"

#include <QtTest>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

struct Include {
    std::string file; ///< relative to the source root
    std::string target;
    bool system = false;
};

/// What a folder of core may include besides itself (ARCHITECTURE "Dependency rule").
const std::map<std::string, std::set<std::string>> coreMayInclude{
    {"base", {}},
    {"color", {"base"}},
    {"surface", {"base"}},
    {"formats", {"base", "surface"}},
    {"templates", {"base", "surface", "formats"}},
    {"properties", {"base", "surface", "formats", "templates"}},
    {"encoding", {"base"}},
    {"stats", {"base"}},
    {"scores", {"base", "surface", "stats"}},
    {"sensors", {"base"}},
    {"study", {"base", "surface", "formats", "templates", "encoding", "stats", "scores"}},
    {"maps", {"base", "surface", "formats", "templates", "study"}},
    {"simulate", {"base", "surface", "formats", "templates", "properties", "encoding", "stats", "scores", "study"}},
    {"roi", {"base", "surface", "formats", "templates", "study"}},
    {"session", {"base", "color", "roi", "surface", "formats", "templates", "encoding", "stats", "scores", "study"}},
    {"tables",
     {"base", "surface", "formats", "templates", "properties", "encoding", "stats", "scores", "study", "roi"}},
};

std::vector<std::string> parts(const std::string& path) {
    std::vector<std::string> result;
    for (const auto& part : fs::path(path))
        result.push_back(part.string());
    return result;
}

std::vector<Include> includesOf(const fs::path& root, const fs::path& file) {
    static const std::regex pattern("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]");
    std::vector<Include> includes;
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);) {
        std::smatch match;
        if (std::regex_search(line, match, pattern))
            includes.push_back({fs::relative(file, root).string(), match[2], match[1] == "<"});
    }
    return includes;
}

/// The rule an include breaks, or nothing.
std::string violation(const Include& include) {
    const auto from = parts(include.file);
    const auto to = parts(include.target);
    static const std::regex qt("^Q[A-Za-z]|^qcustomplot");
    static const std::regex vtk("^vtk");
    const bool isQt = include.system && std::regex_search(include.target, qt);
    const bool isVtk = include.system && std::regex_search(include.target, vtk);
    if (from[0] == "core" && (isQt || isVtk))
        return "core must not know Qt or VTK";
    if (from[0] == "views" && from[1] == "scene" && isQt)
        return "views/scene must not know Qt";
    if (from[0] == "views" && from[1] != "scene" && from[1] != "cortex" && isVtk)
        return "only views/scene and views/cortex may know VTK";
    if (include.system || to.size() < 2)
        return include.system || from[0] == "tests" ? "" : "include from the root, with the folder's path";
    if (from[0] == "core") {
        if (to[0] == "resources")
            return "";
        if (to[0] != "core")
            return "core includes only core";
        const auto rule = coreMayInclude.find(from[1]);
        if (rule == coreMayInclude.end())
            return "folder of core without a rule in this test";
        if (to[1] != from[1] && !rule->second.contains(to[1]))
            return "core/" + from[1] + " must not include core/" + to[1];
    }
    if (from[0] == "views") {
        if (to[0] == "app")
            return "views must not include app";
        if (to[0] == "views" && to[1] != from[1] && to[1] != "state" && to[1] != "plots" && to[1] != "scene")
            return "views never include each other";
        if (from[1] == "scene" && to[0] == "views" && to[1] != "scene")
            return "views/scene includes only core and itself";
        if (from[1] == "plots" && to[0] == "views" && to[1] != "plots" && to[1] != "state")
            return "views/plots includes only core, views/state and itself";
        if (from[1] == "state" && to[0] == "views" && to[1] != "state")
            return "views/state includes only core and itself";
    }
    return "";
}

} // namespace

class IncludeRuleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rulesFindViolations() {
        QVERIFY(!violation({"core/encoding/Ridge.h", "QString", true}).empty());
        QVERIFY(!violation({"core/encoding/Ridge.h", "core/study/Study.h", false}).empty());
        QVERIFY(!violation({"core/base/Error.h", "views/state/Theme.h", false}).empty());
        QVERIFY(!violation({"views/layers/LayersPanel.h", "views/cortex/CortexWidget.h", false}).empty());
        QVERIFY(!violation({"views/scene/CortexScene.h", "QObject", true}).empty());
        QVERIFY(!violation({"core/base/Error.cpp", "Error.h", false}).empty());
        QVERIFY(violation({"views/layers/LayersPanel.h", "views/state/Theme.h", false}).empty());
        QVERIFY(violation({"core/study/Encode.cpp", "core/encoding/Ridge.h", false}).empty());
    }

    void everyIncludeKeepsTheRule() {
        const auto root = brainlike::test::sourceFolder();
        int checked = 0;
        QStringList problems;
        for (const char* top : {"app", "core", "views"})
            for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
                const auto extension = entry.path().extension();
                if (extension != ".h" && extension != ".cpp")
                    continue;
                for (const Include& include : includesOf(root, entry.path())) {
                    ++checked;
                    if (const auto problem = violation(include); !problem.empty())
                        problems << QString::fromStdString(include.file + " includes " + include.target + ": " +
                                                           problem);
                }
            }
        QVERIFY(checked > 100);
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join('\n')));
    }
};

QTEST_GUILESS_MAIN(IncludeRuleTest)
#include "IncludeRuleTest.moc"
