#pragma once

#include "core/study/StudyLocation.h"
#include "views/state/JobRunner.h"

#include <QCache>
#include <QListWidget>
#include <QPixmap>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace brainlike {

/// A row of images with a number each, as thumbnails where there are pictures: read off the GUI thread, and kept up to
/// a number of bytes. Selecting images asks for them to be brushed.
class ImageStrip : public QListWidget {
    Q_OBJECT
public:
    struct Entry {
        std::string image; ///< id
        QString value;
    };
    /// Bytes of thumbnails that are kept.
    static constexpr int cacheBytes = 24 << 20;

    explicit ImageStrip(JobRunner& runner, QWidget* parent = nullptr);

    /// Pictures of the study; null: none.
    void setImages(std::shared_ptr<const StudyImages> images);
    void setEntries(std::vector<Entry> entries);
    /// Marks the images among these as selected, without a signal.
    void setSelected(const std::vector<std::string>& images);
    [[nodiscard]] bool hasPictures() const { return m_images && !m_images->isEmpty(); }
    /// Thumbnails that are kept.
    [[nodiscard]] int keptCount() const { return static_cast<int>(m_thumbnails.count()); }

Q_SIGNALS:
    void imagesChosen(const std::vector<std::string>& images);
    /// @param image  empty where the pointer is on none
    void imageHovered(const std::string& image);

protected:
    void leaveEvent(QEvent* event) override;

private:
    struct Wanted {
        std::string image;
        std::filesystem::path file;
    };
    [[nodiscard]] bool pictureOf(const std::string& image) const;
    void readPictures();
    void showPictures();

    JobRunner& m_runner;
    std::shared_ptr<const StudyImages> m_images;
    std::vector<Entry> m_entries;
    QCache<QString, QPixmap> m_thumbnails{cacheBytes}; ///< a null one: the file is no picture
    JobHandle m_reading;
    bool m_isFilling = false;
};

} // namespace brainlike
