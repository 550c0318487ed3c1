// SPDX-License-Identifier: Apache-2.0
#include "core/pages/private_form.h"

#include <algorithm>

namespace palimpsest {

StateForms stateForms(const PagesSettings& settings)
{
    StateForms forms { settings.poolStorage, settings.exclusiveStorage, Storage::Float32 };
    switch (settings.privateStorage) {
    case PrivateStorage::Auto:
        forms.privates = settings.poolStorage == Storage::Float32 ? Storage::Float32 : Storage::Float16;
        break;
    case PrivateStorage::Float32:
        break;
    case PrivateStorage::Float16:
        forms.privates = Storage::Float16;
        break;
    case PrivateStorage::Int8:
        forms.privates = Storage::Int8;
        break;
    }
    return forms;
}

Storage privateForm(const PageLayout& layout, Storage privates)
{
    const bool hasState = std::any_of(
        layout.places.begin(), layout.places.end(), [](const TensorPlace& place) { return place.isState; });
    return privates == Storage::Int8 && hasState ? Storage::Float16 : privates;
}

std::int64_t privateBytes(const PageLayout& layout, const StateForms& forms)
{
    const Storage form = privateForm(layout, forms.privates);
    return packedBytes(form, layout.privateSize) + scaleBytes(form, layout.privateSize);
}

} // namespace palimpsest
