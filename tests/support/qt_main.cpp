// SPDX-License-Identifier: Apache-2.0
#include <QApplication>
#include <gtest/gtest.h>

int main(int argc, char** argv)
{
    // Here and not as a property of the test: ctest also starts the program by itself, to list its cases.
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication app(argc, argv);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
