// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/project/preview_data.h"

#include "widgets/style/text.h"

#include <QCoreApplication>

namespace palimpsest {

std::string previewMismatch(const Network& network, const DataPreview& data)
{
    const auto shape = [](const Shape& value) { return QString::fromStdString(toString(value)); };
    if (!data.inputShape.empty() && data.inputShape != network.inputShape)
        return QCoreApplication::translate("PreviewData",
            "The network takes samples of shape %1, and the data have %2 after preprocessing: change the "
            "network, the shape of the samples or the preprocessing.")
            .arg(shape(network.inputShape), shape(data.inputShape))
            .toStdString();
    const auto classes = static_cast<std::int64_t>(data.classCounts.size());
    if (classes > 0 && network.classes() != classes)
        return QCoreApplication::translate("PreviewData",
            "The network has %1 outputs, and the data have %2 classes: they must be the same number.")
            .arg(countText(network.classes()), countText(classes))
            .toStdString();
    return {};
}

} // namespace palimpsest
