#pragma once

#include "views/responses/ResponseTarget.h"
#include "views/state/Panel.h"
#include "views/state/ScoreData.h"
#include "views/state/SelectionModel.h"

#include <QTimer>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

class QComboBox;
class QPushButton;
class QToolButton;

namespace brainlike {

class ImageStrip;
class ScatterPlot;
class StudyImages;

/// By what the images of the strip are the largest.
enum class ImageOrder {
    Response,
    Prediction,
    Error,
    WorseInB, ///< error of B less that of A: B is further off, in standard deviations of each one's responses
    WorseInA
};

/// Measured against predicted response of every image, at the picked vertex, in the chosen areas or region or else the
/// vertex's area, or of a sensor at the selected time: fitted on demand from the study, with the folds and λ of the
/// scores. The images with the largest response, prediction or error below.
///
/// Compared: A filled, B hollow, and the images that one of them predicts worse than the other.
///
/// Brushed images are the selection's; where their prediction fails can be mapped on the cortex.
class ResponsesPanel : public Panel {
    Q_OBJECT
public:
    ResponsesPanel(SelectionModel& selection, ScoreData& scores, QWidget* parent = nullptr);
    ~ResponsesPanel() override;

    void setKind(TargetKind kind);
    void setOrder(ImageOrder order);
    /// Uses this study file, for scores that lie elsewhere.
    void openStudy(const std::filesystem::path& file);
    /// Maps the errors of the brushed images on the cortex, and does so again when others are brushed.
    void setErrorsShown(bool shown);

    /// "R 0.412, folds 0.38 to 0.45", or the image that is pointed at.
    [[nodiscard]] QString readout() const { return m_readout->fullText(); }
    /// What is shown; nothing while there is none.
    [[nodiscard]] const std::optional<ShownTarget>& shown() const { return m_shown; }
    /// That of B; nothing while A is shown alone.
    [[nodiscard]] const std::optional<ShownTarget>& otherShown() const { return m_other; }
    /// The lines below the readout: of B, and of A − B, or why there is no B.
    [[nodiscard]] QStringList otherReadouts() const;

protected:
    void themeChanged() override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Opened {
        std::shared_ptr<const TargetPredictor> predictor;
        std::shared_ptr<const StudyImages> images;
    };
    /// A map of the cortex that was shown before that of the errors.
    struct MapBefore {
        MapKind kind = MapKind::Score;
        std::string imported;
    };

    void buildChoices();
    QLayout* buildErrors();
    void connectParts();
    void onSelection(const Selection& before, const Selection& after);
    void restart();
    void open(const std::filesystem::path& file);
    void showMissing(const ErrorDetails& error);
    void chooseStudy();
    void read();
    struct Read {
        ShownTarget a;
        std::optional<ShownTarget> b;
        QString noB; ///< why B has no such target
    };
    void showTarget(Read read);
    void fillOrders();
    void showPoints();
    void showStrip();
    void showBrush();
    void brush(const std::vector<std::string>& images);
    void startErrors();
    void showStripWhereItFits();
    void keepErrors(std::vector<float> errors, const std::string& name);
    void endErrors();
    void forgetErrors();
    void fillRecordings();
    void updateTexts();
    void updateTitle();
    [[nodiscard]] TargetRequest request() const;
    [[nodiscard]] std::optional<TargetRequest> otherRequest() const;
    [[nodiscard]] QStringList titleOf(const ShownTarget& target, const Selection& side) const;
    /// Brushed images among the points of A and B.
    [[nodiscard]] std::vector<int> brushedPoints() const;
    [[nodiscard]] const std::string& imageAt(int point) const;
    /// What holds of A, B and A − B; what is said of an image of them.
    [[nodiscard]] QStringList summaryLines() const;
    [[nodiscard]] QStringList imageLines(const std::string& image) const;
    [[nodiscard]] int indexOf(const std::string& image) const;

    SelectionModel& m_selection;
    ScoreData& m_data;
    QWidget* m_choices;
    QComboBox* m_kind;
    QComboBox* m_recording;
    QComboBox* m_order;
    QComboBox* m_errorKind;
    QToolButton* m_errors;
    QPushButton* m_find;
    ElidedLabel* m_readout;
    ElidedLabel* m_otherLines[2];
    ElidedLabel* m_brushText;
    ScatterPlot* m_plot;
    ImageStrip* m_strip;
    JobHandle m_opening, m_reading, m_mapping;

    Opened m_opened;
    bool m_isStale = true; ///< the study is to be opened once the panel is seen
    std::optional<ShownTarget> m_shown, m_other;
    QString m_noOther; ///< why there is no B while a comparison is wanted
    std::optional<MapBefore> m_before;
    std::string m_errorMap; ///< name of the map of errors that the cortex shows; empty: none
    int m_maps = 0;         ///< made so far, so that no two have one name
    int m_hovered = -1;
    QString m_progress;
    QTimer m_settle; ///< regions stand still
};

} // namespace brainlike
