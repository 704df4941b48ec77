// What the MEG panel is made of, and what its parts tell it.
#include "views/timecourse/CourseReader.h"
#include "views/timecourse/LayerStrip.h"
#include "views/timecourse/TimeCoursePanel.h"
#include "views/timecourse/TimeCoursePlot.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>

namespace brainlike {

void TimeCoursePanel::buildHeader() {
    // Above the title, which may take another line: what is clicked stays where it is.
    auto* row = new QHBoxLayout(m_header);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    m_header->setObjectName("megChoices");
    const std::vector<std::pair<QString, QString>> modes{
        {QStringLiteral("Lines"), QStringLiteral("A line a layer, model, step or subject: mean over channels")},
        {QStringLiteral("Channels"), QStringLiteral("A line a channel, of one layer (butterfly)")},
        {QStringLiteral("Layers"), QStringLiteral("Layers × time: scores in colours, a row a layer")},
        {QStringLiteral("Steps"), QStringLiteral("Steps × time: scores in colours, a row a checkpoint")}};
    for (int mode = 0; mode < static_cast<int>(modes.size()); ++mode) {
        auto* button = new QToolButton(this);
        button->setObjectName(QStringLiteral("megMode%1").arg(mode));
        button->setText(modes[static_cast<std::size_t>(mode)].first);
        button->setToolTip(modes[static_cast<std::size_t>(mode)].second);
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setChecked(mode == static_cast<int>(m_mode));
        m_modes->addButton(button, mode);
        row->addWidget(button);
        if (mode == 0)
            row->addWidget(m_linesChoice);
    }
    m_linesChoice->setObjectName("linesOf");
    m_linesChoice->setAccessibleName(QStringLiteral("Lines of"));
    m_linesChoice->setToolTip(QStringLiteral("What each line is of: layers, models, training steps or subjects"));
    m_linesChoice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_linesChoice->setMinimumContentsLength(8);
    m_linesChoice->addItems({QStringLiteral("of layers"), QStringLiteral("of models"), QStringLiteral("of steps"),
                             QStringLiteral("of subjects")});
    m_sensorsButton->setObjectName("showSensors");
    m_sensorsButton->setText(QStringLiteral("Sensors"));
    m_sensorsButton->setToolTip(QStringLiteral("Show the sensors on the head"));
    m_sensorsButton->setCheckable(true);
    m_sensorsButton->setAutoRaise(true);
    row->addStretch(1);
    row->addWidget(m_sensorsButton);
    static_cast<QBoxLayout*>(layout())->insertWidget(0, m_header);
    connect(m_linesChoice, &QComboBox::activated, this, [this](int of) { setLinesOf(static_cast<LinesOf>(of)); });
    connect(m_modes, &QButtonGroup::idClicked, this, [this](int mode) { setMode(static_cast<MegMode>(mode)); });
    connect(m_sensorsButton, &QToolButton::clicked, this, &TimeCoursePanel::setSensorsShown);
}

void TimeCoursePanel::buildPictures() {
    m_plot->setAccessibleName(QStringLiteral("MEG encoding score over time"));
    m_difference->setAccessibleName(QStringLiteral("Difference of the MEG encoding scores of A and B over time"));
    m_grid->setAccessibleName(QStringLiteral("MEG encoding score in colours"));
    m_otherGrid->setAccessibleName(QStringLiteral("MEG encoding score of B in colours"));
    m_differenceGrid->setAccessibleName(QStringLiteral("Difference of the MEG encoding scores of A and B in colours"));
    m_difference->setObjectName("differencePlot");
    m_otherGrid->setObjectName("otherGrid");
    m_differenceGrid->setObjectName("differenceGrid");
    m_difference->setMinimumHeight(80);
    auto* plots = new QWidget(this);
    auto* column = new QVBoxLayout(plots);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_plot, 4);
    column->addWidget(m_difference, 3);
    m_pictures->addWidget(plots);
    auto* grids = new QWidget(this);
    grids->setLayout(m_grids);
    m_grids->setContentsMargins(0, 0, 0, 0);
    m_grids->setSpacing(4);
    for (ScoreGrid* grid : {m_grid, m_otherGrid, m_differenceGrid})
        m_grids->addWidget(grid, 1);
    m_pictures->addWidget(grids);
    for (QWidget* ofOther : std::initializer_list<QWidget*>{m_difference, m_otherGrid, m_differenceGrid, m_otherNote})
        ofOther->hide();
}

void TimeCoursePanel::connectPlot() {
    connect(m_plot, &TimeCoursePlot::timePicked, this, &TimeCoursePanel::selectTime);
    connect(m_difference, &TimeCoursePlot::timePicked, this, &TimeCoursePanel::selectTime);
    connect(m_difference, &TimeCoursePlot::hovered, this, [this](int, int time) {
        m_hover = {.time = time};
        updateReadout();
    });
    // Both show the same stretch of time.
    for (const auto& [from, to] : {std::pair{m_plot, m_difference}, {m_difference, m_plot}})
        connect(from->xAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), to,
                [to = to](const QCPRange& range) { to->setTimeRange(range.lower, range.upper); });
    for (const auto edited : {m_plot, m_difference})
        connect(edited, &TimeCoursePlot::windowsEdited, this, [this](const std::vector<TimeWindow>& windows) {
            m_selection.edit([&](Selection& selection) { selection.windows = windows; });
        });
    connect(m_plot, &TimeCoursePlot::layerClicked, this, &TimeCoursePanel::pickLine);
    connect(m_plot, &TimeCoursePlot::hovered, this, [this](int layer, int time) {
        m_hover = {.layer = layer, .time = time};
        updateReadout();
    });
    connect(m_plot, &TimeCoursePlot::channelHovered, this, [this](int channel, int time) {
        m_hover = {.channel = channel, .time = time};
        updateReadout();
    });
    connect(m_plot, &TimeCoursePlot::channelClicked, this, [this](int channel) {
        const std::vector<int> chosen = chosenChannels();
        chooseSensors(chosen == std::vector<int>{channel} ? std::vector<int>() : std::vector<int>{channel});
    });
    connect(m_plot, &TimeCoursePlot::windowsReset, this,
            [this] { m_selection.edit([](Selection& selection) { selection.windows.reset(); }); });
    connect(m_strip, &LayerStrip::layerClicked, this, &TimeCoursePanel::pickLine);
    connect(m_strip, &LayerStrip::layerHovered, this, [this](int layer) {
        m_hover = {.layer = layer};
        updateReadout();
    });
}

void TimeCoursePanel::connectGridAndHeads() {
    connect(m_grid, &ScoreGrid::cellPicked, this, &TimeCoursePanel::pickCell);
    for (const ScoreGrid* grid : {m_grid, m_otherGrid, m_differenceGrid})
        connect(grid, &ScoreGrid::cellHovered, this, [this](int row, int time) {
            m_hover = {.row = row, .time = time};
            updateReadout();
        });
    for (const ScoreGrid* grid : {m_otherGrid, m_differenceGrid})
        connect(grid, &ScoreGrid::cellPicked, this, [this](int, int time) { selectTime(time); });
    connect(m_heads, &TopographyStrip::sensorsChosen, this, &TimeCoursePanel::chooseSensors);
    connect(m_heads, &TopographyStrip::sensorHovered, this, [this](int head, int sensor) {
        m_hover = {.channel = sensor, .head = head};
        updateReadout();
    });
}

} // namespace brainlike
