#include "views/responses/ImageStrip.h"

#include <QImageReader>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace brainlike {
namespace {

constexpr int thumbnailSide = 56;

/// A picture no larger than a square of `pixels`; null if it cannot be read.
QImage readThumbnail(const std::filesystem::path& file, int pixels) {
    QImageReader reader(QString::fromStdString(file.string()));
    reader.setAutoTransform(true);
    if (const QSize size = reader.size(); size.isValid())
        reader.setScaledSize(size.scaled(pixels, pixels, Qt::KeepAspectRatio));
    const QImage image = reader.read();
    return image.isNull() || std::max(image.width(), image.height()) <= pixels
               ? image
               : image.scaled(pixels, pixels, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

} // namespace

ImageStrip::ImageStrip(JobRunner& runner, QWidget* parent) : QListWidget(parent), m_runner(runner) {
    setObjectName("imageStrip");
    setAccessibleName(tr("Images"));
    setViewMode(QListView::IconMode);
    setFlow(QListView::LeftToRight);
    setWrapping(false);
    setMovement(QListView::Static);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(QFrame::NoFrame);
    setSpacing(2);
    setUniformItemSizes(true);
    setMouseTracking(true);
    connect(this, &QListWidget::itemSelectionChanged, this, [this] {
        if (m_isFilling)
            return;
        std::vector<std::string> chosen;
        for (int row = 0; row < count(); ++row)
            if (item(row)->isSelected())
                chosen.push_back(m_entries[static_cast<std::size_t>(row)].image);
        Q_EMIT imagesChosen(chosen);
    });
    connect(this, &QListWidget::itemEntered, this, [this](QListWidgetItem* item) {
        Q_EMIT imageHovered(m_entries[static_cast<std::size_t>(row(item))].image);
    });
}

void ImageStrip::setImages(std::shared_ptr<const StudyImages> images) {
    m_reading.cancel();
    m_thumbnails.clear();
    m_images = std::move(images);
    showPictures();
    readPictures();
}

void ImageStrip::setEntries(std::vector<Entry> entries) {
    m_isFilling = true;
    m_entries = std::move(entries);
    const int wanted = static_cast<int>(m_entries.size());
    while (count() > wanted)
        delete takeItem(count() - 1);
    while (count() < wanted)
        (new QListWidgetItem(this))->setTextAlignment(Qt::AlignHCenter | Qt::AlignTop);
    for (int row = 0; row < wanted; ++row) {
        const Entry& entry = m_entries[static_cast<std::size_t>(row)];
        // A picture says which image it is; its name is told where the pointer is.
        const QString name = QString::fromStdString(entry.image);
        item(row)->setText(pictureOf(entry.image) ? entry.value : name + '\n' + entry.value);
        item(row)->setToolTip(name);
        item(row)->setData(Qt::AccessibleTextRole, name + ' ' + entry.value);
    }
    showPictures();
    m_isFilling = false;
    readPictures();
}

void ImageStrip::setSelected(const std::vector<std::string>& images) {
    m_isFilling = true;
    for (int row = 0; row < count(); ++row)
        item(row)->setSelected(std::ranges::find(images, m_entries[static_cast<std::size_t>(row)].image) !=
                               images.end());
    m_isFilling = false;
}

bool ImageStrip::pictureOf(const std::string& image) const {
    return m_images && m_images->fileOf(image).has_value();
}

void ImageStrip::showPictures() {
    const int line = fontMetrics().height();
    int width = thumbnailSide;
    bool isNamed = false;
    for (const Entry& entry : m_entries) {
        const bool hasName = !pictureOf(entry.image);
        isNamed = isNamed || hasName;
        for (const QString& text : {hasName ? QString::fromStdString(entry.image) : QString(), entry.value})
            width = std::max(width, std::min(fontMetrics().horizontalAdvance(text), 2 * thumbnailSide));
    }
    const int picture = hasPictures() ? thumbnailSide : 0;
    const int height = std::max(picture + line, isNamed && picture == 0 ? 2 * line : 0) + 6;
    setIconSize({picture, picture});
    const QSize grid(width + 10, height);
    // Pictures arrive after the layout: an item's size is not that of what it shows first.
    for (int row = 0; row < count(); ++row)
        if (item(row)->sizeHint() != grid)
            item(row)->setSizeHint(grid);
    if (grid != gridSize())
        setGridSize(grid); // lays all items out
    setFixedHeight(height + 4 + horizontalScrollBar()->sizeHint().height());
    for (int row = 0; row < count(); ++row) {
        const QPixmap* thumbnail =
            m_thumbnails.object(QString::fromStdString(m_entries[static_cast<std::size_t>(row)].image));
        if (thumbnail != nullptr || !item(row)->icon().isNull())
            item(row)->setIcon(thumbnail != nullptr ? QIcon(*thumbnail) : QIcon());
    }
}

void ImageStrip::readPictures() {
    m_reading.cancel();
    if (!hasPictures())
        return;
    std::vector<Wanted> wanted;
    for (const Entry& entry : m_entries)
        if (auto file = m_images->fileOf(entry.image);
            file && !m_thumbnails.contains(QString::fromStdString(entry.image)))
            wanted.push_back({entry.image, std::move(*file)});
    if (wanted.empty())
        return;
    using Read = std::vector<std::pair<std::string, QImage>>;
    const double ratio = devicePixelRatioF();
    m_reading = m_runner.run<Read>(
        this,
        [wanted = std::move(wanted), ratio](JobContext& job) {
            Read read;
            for (const Wanted& one : wanted) {
                job.throwIfCancelled();
                read.emplace_back(one.image, readThumbnail(one.file, static_cast<int>(thumbnailSide * ratio)));
            }
            return read;
        },
        [this, ratio](JobOutcome<Read> outcome) {
            if (const auto* read = std::get_if<Read>(&outcome))
                for (const auto& [image, picture] : *read) {
                    auto* thumbnail = new QPixmap(QPixmap::fromImage(picture));
                    thumbnail->setDevicePixelRatio(ratio);
                    m_thumbnails.insert(QString::fromStdString(image), thumbnail,
                                        std::max(1, static_cast<int>(picture.sizeInBytes())));
                }
            showPictures();
        });
}

void ImageStrip::leaveEvent(QEvent* event) {
    QListWidget::leaveEvent(event);
    Q_EMIT imageHovered({});
}

} // namespace brainlike
