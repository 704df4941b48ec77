#include "app/window/Application.h"

#include "app/window/MainWindow.h"
#include "core/base/Version.h"
#include "views/cortex/CortexWidget.h"
#include "views/state/Theme.h"

#include <QApplication>
#include <QStyleFactory>

#include <functional>

namespace brainlike {
namespace {

/// Fusion in our light or dark colours, whichever the system uses; $BRAINLIKE_THEME (light, dark) decides over it.
void applyTheme(QApplication& application) {
    const QByteArray wanted = qgetenv("BRAINLIKE_THEME");
    const bool dark = wanted.isEmpty() ? Theme::of(application.palette()).dark : wanted == "dark";
    application.setStyle(QStyleFactory::create("Fusion"));
    application.setPalette(dark ? Theme::darkPalette() : Theme::lightPalette());
}

int runApplication(const std::function<void(MainWindow&)>& start) {
    prepareGraphics();
    int argumentCount = 1;
    char name[] = "brainlike";
    char* arguments[] = {name, nullptr};
    QApplication application(argumentCount, arguments);
    QApplication::setApplicationName("Brainlike");
    QApplication::setApplicationVersion(version);
    QApplication::setDesktopFileName("brainlike");
    applyTheme(application);
    MainWindow window;
    window.show();
    start(window);
    return QApplication::exec();
}

} // namespace

int runWindow(const std::vector<std::string>& files) {
    return runApplication([&files](MainWindow& window) {
        if (!files.empty())
            window.open(files.front());
    });
}

int runDemoWindow(const DemoOptions& options) {
    return runApplication([&options](MainWindow& window) { window.runDemo(options); });
}

} // namespace brainlike
