# SPDX-License-Identifier: Apache-2.0
# The window's languages besides English: palimpsest_*.ts of this folder, in the resources of the widgets. Included by widgets/.
set(i18n ${PROJECT_SOURCE_DIR}/resources/i18n)
set(german ${i18n}/palimpsest_de.ts)
set(germanBinary ${CMAKE_CURRENT_BINARY_DIR}/palimpsest_de.qm)
add_custom_command(OUTPUT ${germanBinary} COMMAND Qt6::lrelease -silent ${german} -qm ${germanBinary} DEPENDS ${german} VERBATIM)
qt_add_resources(palimpsest_widgets translations PREFIX /i18n BASE ${CMAKE_CURRENT_BINARY_DIR} FILES ${germanBinary})

# cmake --build BUILD --target update_translations: brings the .ts file up to date with the sources.
add_executable(list_core_texts ${i18n}/list_core_texts.cpp)
target_link_libraries(list_core_texts PRIVATE palimpsest_options palimpsest::widgets nlohmann_json::nlohmann_json)
add_custom_target(update_translations
  COMMAND ${CMAKE_COMMAND} -DLUPDATE=$<TARGET_FILE:Qt6::lupdate> -DLIST=$<TARGET_FILE:list_core_texts> -DTS=${german}
    -DSOURCE=${PROJECT_SOURCE_DIR} -DSCRATCH=${CMAKE_CURRENT_BINARY_DIR}/update_translations -P ${i18n}/update.cmake
  DEPENDS list_core_texts VERBATIM)
