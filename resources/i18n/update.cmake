# SPDX-License-Identifier: Apache-2.0
# cmake -DLUPDATE=PROGRAM -DLIST=PROGRAM -DTS=FILE -DSOURCE=FOLDER -DSCRATCH=FOLDER [-DCHECK=ON] -P update.cmake
# Lists the texts of widgets/, app/ and the engine in FILE. With CHECK it leaves FILE as it is, and fails where that would change it.
file(MAKE_DIRECTORY ${SCRATCH})
execute_process(COMMAND ${CMAKE_COMMAND} -E env QT_QPA_PLATFORM=offscreen ${LIST} ${SOURCE}/projects OUTPUT_FILE ${SCRATCH}/core_texts.cpp
  COMMAND_ERROR_IS_FATAL ANY)
set(updated ${TS})
if(CHECK)
  set(updated ${SCRATCH}/checked.ts)
  configure_file(${TS} ${updated} COPYONLY)
endif()
# No locations: else every edit of a source would change the file.
execute_process(COMMAND ${LUPDATE} -silent -locations none -no-obsolete -disable-heuristic similartext -I ${SOURCE}
  ${SOURCE}/widgets ${SOURCE}/app ${SOURCE}/resources/i18n ${SCRATCH}/core_texts.cpp -ts ${updated}
  ERROR_VARIABLE complaints COMMAND_ERROR_IS_FATAL ANY)
# It would list a text under another class than the one that asks for it.
if(complaints MATCHES "lacks Q_OBJECT|unknown namespace")
  message(FATAL_ERROR "lupdate does not see the class of a text; QCoreApplication::translate(\"Class\", text) names it:\n${complaints}")
endif()
if(CHECK)
  file(READ ${TS} before)
  file(READ ${updated} after)
  if(NOT before STREQUAL after)
    message(FATAL_ERROR "${TS} is not up to date with the sources (compare ${updated}): build the target update_translations and translate what it adds")
  endif()
endif()
