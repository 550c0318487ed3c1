// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/job/job_channel.h"
#include "widgets/results/run_results.h"
#include "widgets/view/selection.h"

#include <QString>
#include <QWidget>

#include <memory>
#include <vector>

class QPainter;

namespace palimpsest {

/// One of the window's views of a run (page map, Fisher, memory ...). The window gives every view the same results,
/// selection and live samples; a view shows what concerns it, or a sentence that says how to fill it.
class View : public QWidget {
    Q_OBJECT
public:
    /// `selection` outlives the view.
    explicit View(Selection& selection, QWidget* parent = nullptr)
        : QWidget(parent)
        , m_selection(selection)
    {
    }

    [[nodiscard]] virtual QString id() const = 0; ///< "pageMap": for the layout, tests, help and file names
    [[nodiscard]] virtual QString title() const = 0; ///< translated; of the tab
    /// nullptr: none. Called again whenever more of a run is done; keeps zoom and selection where they still make sense.
    virtual void setResults(const std::shared_ptr<const RunResults>& results) = 0;

    /// The recipe as it stands in the document, after every edit: controls that edit a setting follow it. It may differ from
    /// the recipe that made the results.
    virtual void setRecipe(const Recipe& /*recipe*/) { }

    /// A job that runs stages begins: live curves of the one before go.
    virtual void beginJob() { }
    /// Points of live curves, in order (core/job/job_channel.h says which).
    virtual void addSamples(const std::vector<Sample>& /*samples*/) { }

    // Export: what the user sees, as a picture and as data.
    /// Paints the view into `target`, with vectors where it is not made of pixels, in the colours of palette(). False: there is
    /// nothing to paint.
    virtual bool paintTo(QPainter& painter, const QRectF& target) const = 0;
    /// The data that are shown, with a line of column names; RFC 4180. Empty: there are none.
    [[nodiscard]] virtual QString csv() const = 0;

    [[nodiscard]] Selection& selection() const { return m_selection; }

Q_SIGNALS:
    /// The user changed a setting of the recipe in the view. `value` is JSON text: ("separation.margin", "0.12").
    void settingEdited(const QString& path, const QString& value);
    /// A sentence for the window's status line; empty takes it away.
    void statusChanged(const QString& text);

private:
    Selection& m_selection;
};

} // namespace palimpsest
