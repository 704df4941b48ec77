#include "app/window/WelcomePage.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace brainlike {
namespace {

QLabel* line(const QString& text, double scale, bool bold, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * scale);
    font.setBold(bold);
    label->setFont(font);
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignHCenter);
    return label;
}

} // namespace

WelcomePage::WelcomePage(QWidget* parent) : QWidget(parent) {
    setObjectName("welcome");
    auto* open = new QPushButton(tr("Open a study, scores or maps…"), this);
    auto* demo = new QPushButton(tr("Try the demo study"), this);
    open->setObjectName("welcomeOpen");
    demo->setObjectName("welcomeDemo");
    demo->setDefault(true);
    for (auto* button : {open, demo}) {
        button->setMinimumHeight(40);
        button->setMinimumWidth(280);
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(32, 32, 32, 32);
    layout->setSpacing(16);
    layout->addStretch(3);
    layout->addWidget(line(tr("Brainlike"), 2.6, true, this));
    layout->addWidget(line(tr("How and when vision models become brain-like"), 1.3, false, this));
    layout->addSpacing(16);
    layout->addWidget(demo, 0, Qt::AlignHCenter);
    layout->addWidget(open, 0, Qt::AlignHCenter);
    layout->addSpacing(8);
    layout->addWidget(line(tr("The demo study is simulated, encoded on this machine in about a minute, and fills in while "
                              "you watch. You can also drop a study.json, a scores.h5, or maps, labels "
                              "and surfaces (GIFTI, CIFTI, FreeSurfer, NPY) here."),
                           1.0, false, this));
    layout->addStretch(4);
    connect(open, &QPushButton::clicked, this, &WelcomePage::openRequested);
    connect(demo, &QPushButton::clicked, this, &WelcomePage::demoRequested);
}

} // namespace brainlike
